package io.coldstream.cli;

import java.nio.file.Path;

/** On Google Cloud Storage, as our own server plays it. */
class EndToEndOnGcsTest extends EndToEnd {

  @Override
  String newRepository(Path folder) {
    return Repositories.onGcs();
  }
}
