package io.coldstream.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.cloud.NewObject;
import io.coldstream.store.gcs.emulator.FaultPlan.When;
import io.coldstream.store.gcs.emulator.Faults;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.gcs.emulator.RequestLog;
import io.coldstream.store.testkit.RandomSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests an object is made of, and what they say of it. */
class GcsPuttingTest {

  private static final String KEY = "projects/p/locations/eu/keyRings/ring/cryptoKeys/key";
  private static final int MIB = 1 << 20;

  private final GcsServer server = OnServer.server();

  @AfterEach
  void end() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    // part size, length, begun, sent
    "16MiB, 1048576, 1, 0",
    "16MiB, 1048577, 1, 2",
    "512KiB, 524288, 1, 0",
    "512KiB, 524289, 1, 2",
    "512KiB, 1048576, 1, 3",
    "512KiB, 1572865, 1, 4",
  })
  void anObjectOfEachSizeCostsItsNumberOfRequests(String partSize, long length, int posts, int puts)
      throws Exception {
    try (ObjectStore store = OnServer.store(server, "part-size", partSize)) {
      store.put(request(length, Placement.STANDARD));
    }
    assertThat(server.log().count("POST", "/upload/")).isEqualTo(posts);
    assertThat(server.log().count("PUT", "/upload/")).isEqualTo(puts);
    assertThat(server.log().count("GET", "/"))
        .as("a look, where it is large")
        .isEqualTo(puts == 0 ? 0 : 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 2 * MIB})
  void everyObjectIsCreatedOnlyUnderAFreeNameAndUnderTheKey(long length) throws Exception {
    try (ObjectStore store = OnServer.store(server, "kms-key", KEY, "project", "who-pays")) {
      store.put(request(length, Placement.BULK));
    }
    List<RequestLog.Entry> begun = server.log().entries().stream()
        .filter(entry -> entry.method().equals("POST"))
        .toList();
    assertThat(begun).hasSize(1);
    assertThat(begun.get(0).query())
        .containsEntry("ifGenerationMatch", List.of("0"))
        .containsEntry("kmsKeyName", List.of(KEY))
        .containsEntry("userProject", List.of("who-pays"));
  }

  private static NewObject object(Placement placement) {
    return new NewObject(new ObjectName("chunks/a"), placement, Optional.empty(), "mark");
  }

  @Test
  void theStorageClassIsThatOfBulkOnly() throws StoreException {
    GcsSettings settings = OnServer.settings(server, "storage-class", "NEARLINE");
    assertThat(GcsObject.of(settings, object(Placement.BULK)).getStorageClass())
        .isEqualTo("NEARLINE");
    assertThat(GcsObject.of(settings, object(Placement.STANDARD)).getStorageClass())
        .isNull();
    assertThat(GcsObject.of(OnServer.settings(server), object(Placement.BULK)).getStorageClass())
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {-400, 400})
  void aWrongClockIsHarmless(long days) throws Exception {
    try (GcsServer skewed = GcsServer.skewed(Duration.ofDays(days))) {
      skewed.createBucket(OnServer.BUCKET);
      try (ObjectStore store = OnServer.store(skewed, Optional.empty(), Clock.systemUTC())) {
        store.put(request(2 * MIB, Placement.BULK));
        assertThat(store.sweep(ObjectPrefix.ALL, Duration.ofDays(1)).found()).isZero();
        assertThat(store.stat(new ObjectName("a"))).isPresent();
      }
    }
  }

  @Test
  void anObjectAboveFiveTebibytesIsRefused() throws Exception {
    long most = 5L << 40;
    server.faults().add(When.request("PUT", "/upload/"), Faults.refuse(503, "backendError"));
    try (ObjectStore store = OnServer.store(server)) {
      StoreException tooLong = Failures.of(() -> store.put(request(most + 1, Placement.BULK)));
      assertThat(tooLong.kind()).isEqualTo(Kind.REJECTED);
      assertThat(tooLong)
          .hasMessageContaining("5497558138881 bytes are more than the store can hold");
      assertThat(server.log().entries()).as("asked for one byte too many").isEmpty();
      assertThat(Failures.of(() -> store.put(request(most, Placement.BULK))).kind())
          .as("of the longest one, whose first chunk the test refuses")
          .isEqualTo(Kind.UNAVAILABLE);
    }
    assertThat(server.log().count("PUT", "/upload/")).isEqualTo(1);
  }

  private static PutRequest request(long length, Placement placement) {
    return new PutRequest(new ObjectName("a"), new RandomSource(1, length), placement);
  }
}
