package io.coldstream.cli;

import java.nio.file.Path;
import java.util.Map;

/** On Google Cloud Storage, emulated by our own server. */
class DistributionOnGcsIT extends DistributionOnStore {

  @Override
  String newRepository(Path folder) {
    return Repositories.onGcs();
  }

  @Override
  Map<String, String> environment() {
    return Map.of();
  }
}
