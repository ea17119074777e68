package io.coldstream.cli;

import java.nio.file.Path;
import java.util.Map;

/** On a directory. */
class DistributionOnFileIT extends DistributionOnStore {

  @Override
  String newRepository(Path folder) {
    return folder.resolve("repository").toUri().toString();
  }

  @Override
  Map<String, String> environment() {
    return Map.of();
  }
}
