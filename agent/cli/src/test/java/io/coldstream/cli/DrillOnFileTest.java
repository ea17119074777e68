package io.coldstream.cli;

import java.nio.file.Path;

/** In a directory. */
class DrillOnFileTest extends DrillOnStore {

  @Override
  String newRepository(Path folder) {
    return folder.resolve("repository").toUri().toString();
  }
}
