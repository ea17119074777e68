package io.coldstream.cli;

import io.coldstream.store.s3.emulator.S3Emulator;
import java.nio.file.Path;
import java.util.Map;

/** On S3, emulated by S3Proxy. */
class DistributionOnS3IT extends DistributionOnStore {

  @Override
  String newRepository(Path folder) {
    return S3Emulator.s3proxy().newUrl("orders/production");
  }

  @Override
  Map<String, String> environment() {
    return S3Emulator.s3proxy().environment();
  }
}
