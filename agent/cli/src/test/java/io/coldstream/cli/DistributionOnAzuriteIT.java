package io.coldstream.cli;

import io.coldstream.store.azure.emulator.AzureEmulator;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.nio.file.Path;
import java.util.Map;

/** On Azure Blob Storage, emulated by Azurite. */
@NeedsEmulator("azurite")
class DistributionOnAzuriteIT extends DistributionOnStore {

  @Override
  String newRepository(Path folder) {
    return Repositories.onAzurite();
  }

  @Override
  Map<String, String> environment() {
    return new AzureEmulator().environment();
  }
}
