package io.coldstream.cli;

import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.emulator.NeedsEmulator;

/** On MinIO. */
@NeedsEmulator("minio")
class BrokenBackupOnMinioTest extends BrokenBackupOnS3 {

  BrokenBackupOnMinioTest() {
    super(S3Emulator.minio());
  }
}
