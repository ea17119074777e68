package io.coldstream.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.SweepResult;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.testkit.emulator.Deviation;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract against MinIO. */
@NeedsEmulator("minio")
@Timeout(120)
class MinioStoreTest implements FlatNamesContract {

  private final Bucket bucket = Bucket.on(S3Emulator.minio());

  @Override
  public Bucket bucket() {
    return bucket;
  }

  /** In the order of UTF-8 bytes. */
  @Override
  public List<String> flat() {
    return List.of("A", "a b", "a!", "a-b/c", "a.b/c", "a/-", "a/b", "a0", "é", "\uFF5E", "😀");
  }

  @Test
  @Override
  @Deviation("does not list a name that continues another one by a slash")
  public void aNameMayExtendAnotherName() throws Exception {
    try (ObjectStore store = open()) {
      S3StoreContract.put(store, "a", 1);
      S3StoreContract.put(store, "a/b", 1);
      assertThat(S3StoreContract.listed(store, "", ListCursor.START)).containsExactly("a");
    }
  }

  @Test
  @Override
  @Deviation("lists no unfinished upload under a prefix, so that none is found by a sweep")
  public void aSweepRemovesUnfinishedUploads() throws Exception {
    bucket.begun(new byte[Bucket.PART], 1);
    try (ObjectStore store = open()) {
      assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofDays(-1)))
          .isEqualTo(new SweepResult(0, 0));
    }
  }

  /** Puts that another process left unfinished. */
  @Nested
  class Resumed implements ResumedPutContract {
    private final Bucket place = Bucket.on(S3Emulator.minio());

    @Override
    public Bucket bucket() {
      return place;
    }
  }
}
