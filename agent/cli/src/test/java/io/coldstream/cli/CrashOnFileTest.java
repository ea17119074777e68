package io.coldstream.cli;

import java.nio.file.Path;

class CrashOnFileTest extends CrashOnStore {

  @Override
  String newRepository(Path folder) {
    return folder.toUri().toString();
  }
}
