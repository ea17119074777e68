package io.coldstream.cli;

import io.coldstream.store.azure.standin.AzureStandin;
import io.coldstream.store.testkit.standin.NeedsStandin;
import java.nio.file.Path;
import java.util.Map;

/** On Azure Blob Storage, emulated by Azurite. */
@NeedsStandin("azurite")
class DistributionOnAzuriteIT extends DistributionOnStore {

  @Override
  String newRepository(Path folder) {
    return Repositories.onAzurite();
  }

  @Override
  Map<String, String> environment() {
    return new AzureStandin().environment();
  }
}
