package io.coldstream.cli;

import io.coldstream.store.s3.emulator.S3Emulator;
import java.nio.file.Path;

/** On S3, as S3Proxy emulates it. */
class DrillOnS3ProxyTest extends DrillOnStore {

  @Override
  String newRepository(Path folder) {
    return S3Emulator.s3proxy().newUrl("orders/production");
  }
}
