package io.coldstream.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.Content;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.gcs.emulator.FaultPlan.When;
import io.coldstream.store.gcs.emulator.Faults;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.gcs.emulator.Identity;
import io.coldstream.store.testkit.LockContract;
import io.coldstream.store.testkit.Opened;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.TestTools;
import io.coldstream.store.testkit.emulator.Emulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Object retention, on a server of our own that follows its documentation. */
@Emulator("own GCS server")
class GcsLockTest implements LockContract {

  private static final ObjectName NAME = new ObjectName("chunks/a");
  private static final Instant UNTIL =
      Instant.now().plus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.SECONDS);
  private static final List<ObjectSource> SOURCES =
      List.of(Content.of(new byte[10]), new RandomSource(1, 3L * OnServer.PART_BYTES));

  private final GcsServer server = OnServer.server();

  @TempDir
  private Path sessions;

  @BeforeEach
  void enable() {
    server.patchBucket(OnServer.BUCKET, "{\"objectRetention\":{\"mode\":\"Enabled\"}}");
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Override
  public ObjectStore open(String prefix) throws Exception {
    return open(prefix, "governance");
  }

  private ObjectStore open(String prefix, String mode) throws StoreException {
    return Opened.store(
        TestTools.parallel(sessions),
        "gs://" + OnServer.BUCKET + "/" + prefix,
        Map.of(
            "endpoint", server.url().toString(),
            "anonymous", "true",
            "part-size", "256KiB",
            "lock", "1d",
            "lock-mode", mode));
  }

  @Override
  public long partSizeBytes() {
    return OnServer.PART_BYTES;
  }

  private static PutRequest request(ObjectSource source) {
    return new PutRequest(NAME, source, Placement.BULK).withLock(UNTIL);
  }

  @Test
  void aStricterModeCannotBeMadeLaxer() throws Exception {
    try (ObjectStore store = open("p", "compliance")) {
      store.put(request(SOURCES.get(0)));
    }
    Instant later = UNTIL.plusSeconds(60);
    try (ObjectStore store = open("p", "governance")) {
      StoreException failure = Failures.of(() -> store.extend(NAME, later));
      assertThat(failure.kind()).isEqualTo(Kind.LOCKED);
      assertThat(store.lockedUntil(NAME)).contains(UNTIL);
    }
    try (ObjectStore store = open("p", "compliance")) {
      store.extend(NAME, later);
      assertThat(store.lockedUntil(NAME)).contains(later);
    }
  }

  @Test
  void aBucketWithoutObjectRetentionIsNamed() throws Exception {
    server.patchBucket(OnServer.BUCKET, "{\"objectRetention\":null}");
    try (ObjectStore store = open("p")) {
      for (ObjectSource source : SOURCES) {
        StoreException failure = Failures.of(() -> store.put(request(source)));
        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure)
            .hasMessageContaining("setting lock")
            .hasMessageContaining("a bucket with object retention");
      }
      store.put(new PutRequest(NAME, SOURCES.get(0), Placement.BULK));
      assertThat(Failures.of(() -> store.extend(NAME, UNTIL)).kind()).isEqualTo(Kind.REJECTED);
    }
  }

  @Test
  void aMissingPermissionIsNamed() throws Exception {
    try (ObjectStore store = open("p")) {
      store.put(new PutRequest(new ObjectName("there"), SOURCES.get(0), Placement.BULK));
    }
    server
        .identities()
        .put(
            "writer",
            Identity.named("writer")
                .allow("storage.objects.create", "p/")
                .allow("storage.objects.list", "")
                .allow("storage.objects.update", "p/"));
    try (ObjectStore store = OnServer.storeOf(server, "writer")) {
      for (ObjectSource source : SOURCES) {
        StoreException failure = Failures.of(() -> store.put(request(source)));
        assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
        assertThat(failure)
            .hasMessageContaining("setting lock")
            .hasMessageContaining("storage.objects.setRetention");
      }
      StoreException failure = Failures.of(() -> store.extend(new ObjectName("there"), UNTIL));
      assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure).hasMessageContaining("storage.objects.setRetention");
    }
  }

  /** Its session was begun with an earlier lock. */
  @Test
  void aResumedUploadIsLockedAsLongAsItsLastRequestSays() throws Exception {
    ObjectSource large = SOURCES.get(1);
    try (ObjectStore store = open("p")) {
      server
          .faults()
          .add(
              When.request("PUT", "/upload/").having("upload_id").from(2),
              Faults.refuse(503, "backendError"));
      assertThat(Failures.of(() -> store.put(request(large))).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
    Instant later = UNTIL.plusSeconds(60);
    try (ObjectStore store = open("p")) {
      store.put(request(large).withLock(later));
      assertThat(store.lockedUntil(NAME)).contains(later);
    }
    assertThat(server.log().entries().stream().filter(entry -> entry.method().equals("PATCH")))
        .hasSize(1);
  }
}
