package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutListener;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import io.coldstream.store.testkit.LockContract;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

/** Locks in a bucket with Object Lock, which keeps versions. */
interface S3LockContract extends LockContract {

  /** A bucket of a test method's own, with Object Lock. */
  Bucket bucket();

  @Override
  default ObjectStore open(String prefix) throws StoreException {
    return bucket().openParallel(prefix, "lock", "1d");
  }

  @Override
  default long partSizeBytes() {
    return Bucket.PART;
  }

  @Override
  default long keptBytes(StoredObject removed) {
    return bucket().keptBytes("p/" + removed.name().value());
  }

  @Test
  default void theModeIsThatOfTheSettings() throws Exception {
    Instant until = Instant.now().plus(Duration.ofMinutes(1)).truncatedTo(ChronoUnit.SECONDS);
    try (ObjectStore store = bucket().open("lock", "1d", "lock-mode", "compliance")) {
      store.put(
          new PutRequest(Bucket.NAME, ResumedPutContract.SOURCE, Placement.BULK).withLock(until));
    }
    assertThat(mode()).isEqualTo(ObjectLockRetentionMode.COMPLIANCE);
  }

  private ObjectLockRetentionMode mode() {
    try (S3Client client = bucket().clients().get()) {
      return client
          .getObjectRetention(b -> b.bucket(bucket().name()).key("p/" + Bucket.NAME.value()))
          .retention()
          .mode();
    }
  }

  /** Its upload was begun without a lock, or with an earlier one: no listing tells. */
  @Test
  default void anUploadOfAnEarlierProcessIsLockedWhenItIsComplete() throws Exception {
    bucket().begun(ResumedPutContract.BYTES, 1, 2);
    Instant until = Instant.now().plus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.SECONDS);
    ResumedPutContract.Told told = new ResumedPutContract.Told();
    try (ObjectStore store = open("p")) {
      PutListener listener = told;
      store.put(new PutRequest(Bucket.NAME, ResumedPutContract.SOURCE, Placement.STANDARD, listener)
          .withLock(until));
      assertThat(told.what()).isEqualTo("2 of 4");
      assertThat(store.lockedUntil(Bucket.NAME)).contains(until);
    }
  }
}
