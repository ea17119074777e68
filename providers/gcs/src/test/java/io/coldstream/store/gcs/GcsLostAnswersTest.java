package io.coldstream.store.gcs;

import static io.coldstream.store.gcs.OnServer.PART_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import io.coldstream.store.gcs.emulator.FaultPlan.When;
import io.coldstream.store.gcs.emulator.Faults;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.testkit.RandomSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests that take effect while their answers are lost, and are tried again as the program does: the
 * object is right, and there is no second one.
 */
class GcsLostAnswersTest {

  private static final String NAME = "chunks/a";
  private static final RandomSource SMALL = new RandomSource(1, 1000);

  /** Six parts and five bytes: seven requests. */
  private static final RandomSource LARGE = new RandomSource(2, 6L * PART_BYTES + 5);

  private static final RetryPolicy POLICY =
      new RetryPolicy(5, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(1));

  private final GcsServer server = OnServer.server();
  private final List<String> resumed = new ArrayList<>();

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void afterALostAnswerToASmallPutTheNextAttemptFindsTheNameTaken() throws Exception {
    lose("POST", 1);
    try (ObjectStore store = store()) {
      StoreException failure = Failures.of(() -> put(store, SMALL));
      assertThat(failure.kind()).isEqualTo(Kind.ALREADY_EXISTS);
      Puts.assertHoldsOnly(store, NAME, SMALL);
    }
    assertThat(server.log().count("POST", "/upload/")).isEqualTo(2);
  }

  @Test
  void afterALostAnswerToABeginAnotherSessionIsBegun() throws Exception {
    lose("POST", 1);
    try (ObjectStore store = store()) {
      put(store, LARGE);
      Puts.assertHoldsOnly(store, NAME, LARGE);
    }
    assertThat(server.log().count("POST", "/upload/")).isEqualTo(2);
    assertThat(server.openSessions()).as("whose address nobody knows").isEqualTo(1);
    assertThat(resumed).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 1 of 7", "3, 3 of 7", "6, 6 of 7", "7, ''"})
  void afterALostAnswerToAPartTheStoreIsAskedWhatItHas(int chunk, String goneOn) throws Exception {
    lose("PUT", chunk);
    try (ObjectStore store = store()) {
      put(store, LARGE);
      Puts.assertHoldsOnly(store, NAME, LARGE);
    }
    assertThat(String.join(", ", resumed)).isEqualTo(goneOn);
    assertThat(server.log().count("POST", "/upload/")).isEqualTo(1);
    assertThat(server.log().count("PUT", "/upload/"))
        .as("seven, and one that asks")
        .isEqualTo(8);
    assertThat(server.openSessions()).isZero();
  }

  @Test
  void afterALostAnswerToACancelTheSessionIsCancelledAgain() throws Exception {
    RandomSource other = new RandomSource(3, LARGE.lengthBytes() + 1);
    server
        .faults()
        .add(When.request("PUT", "/upload/").from(3), Faults.refuse(503, "backendError"));
    try (ObjectStore bare = OnServer.store(server);
        ObjectStore store = new RetryingStore(bare, POLICY, new Random(1), wait -> {})) {
      assertThat(Failures.of(() -> put(bare, LARGE)).kind()).isEqualTo(Kind.UNAVAILABLE);
      lose("DELETE", 1);
      put(store, other);
      Puts.assertHoldsOnly(store, NAME, other);
    }
    assertThat(server.log().count("DELETE", "/upload/")).isEqualTo(2);
    assertThat(server.openSessions()).isZero();
    assertThat(resumed).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"POST, /batch/, 1", "DELETE, /o/, 2"})
  void afterALostAnswerToADeleteAMissingObjectCountsAsDeleted(
      String method, String path, int number) throws Exception {
    List<ObjectName> doomed =
        List.of(new ObjectName("b"), new ObjectName("c"), new ObjectName("d"));
    try (ObjectStore store = store()) {
      put(store, SMALL);
      for (ObjectName name : doomed) {
        Puts.put(store, name.value(), SMALL);
      }
      server.faults().add(When.request(method, path).from(number), Faults.loseAnswer());
      store.delete(doomed);
      Puts.assertHoldsOnly(store, NAME, SMALL);
    }
    assertThat(server.log().count("POST", "/batch/")).isEqualTo(2);
  }

  private void lose(String method, int number) {
    server.faults().add(When.request(method, "/upload/").from(number), Faults.loseAnswer());
  }

  private void put(ObjectStore store, RandomSource source) throws StoreException {
    Puts.put(store, NAME, source, (there, parts) -> resumed.add(there + " of " + parts));
  }

  private ObjectStore store() throws StoreException {
    return new RetryingStore(OnServer.store(server), POLICY, new Random(1), wait -> {});
  }
}
