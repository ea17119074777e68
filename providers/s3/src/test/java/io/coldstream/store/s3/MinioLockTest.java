package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.Content;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Locks on MinIO. */
@NeedsEmulator("minio")
@Timeout(120)
class MinioLockTest implements S3LockContract {

  private final Bucket bucket = Bucket.locking(S3Emulator.minio());

  @Override
  public Bucket bucket() {
    return bucket;
  }

  @Test
  void aBucketWithoutObjectLockIsNamed() throws Exception {
    Instant until = Instant.now().plus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.SECONDS);
    Bucket plain = Bucket.on(S3Emulator.minio());
    try (ObjectStore store = plain.open("lock", "1d")) {
      for (ObjectSource source : List.of(Content.of(new byte[10]), ResumedPutContract.SOURCE)) {
        StoreException failure = Failures.of(() ->
            store.put(new PutRequest(Bucket.NAME, source, Placement.STANDARD).withLock(until)));
        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure).hasMessageContaining("enable Object Lock on the bucket");
      }
    }
  }
}
