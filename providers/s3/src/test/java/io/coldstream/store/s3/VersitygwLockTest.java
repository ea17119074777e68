package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.coldstream.store.Content;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.s3.OnVersitygw.User;
import io.coldstream.store.s3.emulator.VersitygwPolicy;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import io.coldstream.store.testkit.emulator.Versitygw;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3Client;

/** Locks on the Versity gateway, and the permission that they take. */
@NeedsEmulator("versitygw")
@Timeout(120)
class VersitygwLockTest implements S3LockContract {

  private static final User LOCKER = new User("locker", "lockers-secret");
  private static final User LOCKLESS = new User("lockless", "locklesss-secret");
  private static final PutRequest REQUEST = new PutRequest(
          Bucket.NAME, Content.of(new byte[10]), Placement.STANDARD)
      .withLock(Instant.now().plus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.SECONDS));

  private final Bucket bucket = OnVersitygw.lockingBucket();

  @BeforeAll
  static void addUsers() throws IOException {
    for (User user : new User[] {LOCKER, LOCKLESS}) {
      Versitygw.running().addUser(user.accessKey(), user.secretKey());
    }
  }

  @Override
  public Bucket bucket() {
    return bucket;
  }

  @Test
  void aWriterLocksWithOneMorePermission() throws Exception {
    setPolicy();
    Instant later = Instant.now().plus(Duration.ofMinutes(20)).truncatedTo(ChronoUnit.SECONDS);
    try (ObjectStore store = as(LOCKER)) {
      store.put(REQUEST);
      assertThatCode(() -> store.extend(Bucket.NAME, later)).doesNotThrowAnyException();
    }
    try (ObjectStore store = open("p")) {
      assertThat(store.lockedUntil(Bucket.NAME)).contains(later);
    }
  }

  @Test
  void aMissingPermissionIsNamed() throws Exception {
    setPolicy();
    try (ObjectStore store = open("p")) {
      store.put(REQUEST);
    }
    try (ObjectStore store = as(LOCKLESS)) {
      StoreException failure =
          Failures.of(() -> store.extend(Bucket.NAME, REQUEST.lockedUntil().orElseThrow()));
      assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure).hasMessageContaining("s3:PutObjectRetention");
      StoreException reading = Failures.of(() -> store.lockedUntil(Bucket.NAME));
      assertThat(reading.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(reading).hasMessageContaining("s3:GetObjectRetention");
    }
  }

  @Test
  void aBucketWithoutObjectLockIsNamed() throws Exception {
    Bucket plain = OnVersitygw.bucket();
    try (ObjectStore store = plain.open("lock", "1d")) {
      StoreException failure = Failures.of(() -> store.put(REQUEST));
      assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
      assertThat(failure).hasMessageContaining("enable Object Lock on the bucket");
    }
  }

  private ObjectStore as(User user) throws StoreException {
    return OnVersitygw.open(user, bucket.name(), "p", "lock", "1d");
  }

  private void setPolicy() {
    try (S3Client root = OnVersitygw.client()) {
      String policy = VersitygwPolicy.of(bucket.name(), "p")
          .writer(LOCKER.accessKey())
          .locking(LOCKER.accessKey())
          .writer(LOCKLESS.accessKey())
          .json();
      root.putBucketPolicy(b -> b.bucket(bucket.name()).policy(policy));
    }
  }
}
