package io.coldstream.cli;

import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.emulator.NeedsEmulator;

/** On MinIO, with Object Lock. */
@NeedsEmulator("minio")
class LockOnMinioTest extends LockOnStore {

  @Override
  String newRepository() {
    return url(S3Emulator.minio().newLockingBucket());
  }

  @Override
  String newUnlockableRepository() {
    return url(S3Emulator.minio().newBucket());
  }

  private static String url(String bucket) {
    return "s3://" + bucket + "/orders?store=minio&region=us-east-1&endpoint="
        + S3Emulator.minio().endpoint();
  }
}
