package io.coldstream.cli;

import java.nio.file.Path;

/** On Google Cloud Storage, as our own server emulates it. */
class DrillOnGcsTest extends DrillOnStore {

  @Override
  String newRepository(Path folder) {
    return Repositories.onGcs();
  }
}
