package io.coldstream.cli;

import java.nio.file.Path;

/** On a directory. */
class EndToEndOnFileTest extends EndToEnd {

  @Override
  String newRepository(Path folder) {
    return folder.resolve("repository").toUri().toString();
  }
}
