package io.coldstream.cli;

import java.nio.file.Path;

class CrashOnGcsTest extends CrashOnStore {

  @Override
  String newRepository(Path folder) {
    return Repositories.onGcs();
  }
}
