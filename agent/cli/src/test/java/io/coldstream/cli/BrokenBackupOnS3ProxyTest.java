package io.coldstream.cli;

import io.coldstream.store.s3.emulator.S3Emulator;

class BrokenBackupOnS3ProxyTest extends BrokenBackupOnS3 {

  BrokenBackupOnS3ProxyTest() {
    super(S3Emulator.s3proxy());
  }
}
