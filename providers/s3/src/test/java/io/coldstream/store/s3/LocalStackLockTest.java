package io.coldstream.store.s3;

import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import org.junit.jupiter.api.Timeout;

/** Locks on LocalStack. */
@NeedsEmulator("localstack")
@Timeout(120)
class LocalStackLockTest implements S3LockContract {

  private final Bucket bucket = Bucket.locking(S3Emulator.localStack());

  @Override
  public Bucket bucket() {
    return bucket;
  }
}
