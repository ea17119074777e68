package io.coldstream.cli;

import io.coldstream.store.s3.emulator.S3Emulator;
import java.nio.file.Path;

class CrashOnS3ProxyTest extends CrashOnStore {

  @Override
  String newRepository(Path folder) {
    return S3Emulator.s3proxy().newUrl("crash");
  }
}
