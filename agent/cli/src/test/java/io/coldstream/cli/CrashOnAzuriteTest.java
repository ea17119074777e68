package io.coldstream.cli;

import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.nio.file.Path;

@NeedsEmulator("azurite")
class CrashOnAzuriteTest extends CrashOnStore {

  @Override
  String newRepository(Path folder) {
    return Repositories.onAzurite();
  }
}
