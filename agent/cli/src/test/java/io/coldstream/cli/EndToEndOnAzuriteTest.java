package io.coldstream.cli;

import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.nio.file.Path;

/** On Azure Blob Storage, as Azurite plays it. */
@NeedsEmulator("azurite")
class EndToEndOnAzuriteTest extends EndToEnd {

  @Override
  String newRepository(Path folder) {
    return Repositories.onAzurite();
  }
}
