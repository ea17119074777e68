package io.coldstream.cli;

import io.coldstream.store.s3.standin.S3Standin;
import java.nio.file.Path;

class CrashOnS3ProxyTest extends CrashOnStore {

  @Override
  String newRepository(Path folder) {
    return S3Standin.s3proxy().newUrl("crash");
  }
}
