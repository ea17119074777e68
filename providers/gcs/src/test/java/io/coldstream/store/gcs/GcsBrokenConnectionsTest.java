package io.coldstream.store.gcs;

import static io.coldstream.store.gcs.OnServer.PART_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.testkit.RandomSource;
import io.coldstream.store.testkit.http.Break;
import io.coldstream.store.testkit.http.BreakingProxy;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are reset, both ways: the call fails as unavailable, and the next one holds. */
class GcsBrokenConnectionsTest {

  private static final String NAME = "chunks/a";
  private static final RandomSource SMALL = new RandomSource(1, 200_000);

  /** Six parts and five bytes: seven requests. */
  private static final RandomSource LARGE = new RandomSource(2, 6L * PART_BYTES + 5);

  private final GcsServer server = OnServer.server();

  @AfterEach
  void end() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 300_000})
  void aResetWhileAnObjectIsReceivedIsUnavailable(long afterBytes) throws Exception {
    try (ObjectStore store = OnServer.store(server)) {
      Puts.put(store, NAME, LARGE);
    }
    try (BreakingProxy proxy = new BreakingProxy(
            server.url(),
            Break.at("GET /download").afterResponseBytes(afterBytes).resetting());
        ObjectStore store = at(proxy.uri())) {
      assertUnavailable(Failures.of(() -> Puts.read(store, NAME)));
      Puts.assertHoldsOnly(store, NAME, LARGE);
    }
  }

  @Test
  void aResetWhileAListingIsReceivedIsUnavailable() throws Exception {
    try (ObjectStore store = OnServer.store(server)) {
      Puts.put(store, NAME, SMALL);
    }
    try (BreakingProxy proxy = new BreakingProxy(
            server.url(),
            Break.at("GET /storage/v1").afterResponseBytes(100).resetting().first(2));
        ObjectStore store = at(proxy.uri())) {
      assertUnavailable(Failures.of(() -> Puts.names(store)));
      assertUnavailable(Failures.of(() -> store.stat(new ObjectName(NAME))));
      Puts.assertHoldsOnly(store, NAME, SMALL);
    }
  }

  @ParameterizedTest
  @CsvSource({"POST /upload, 200000", "PUT /upload, 1572869"})
  void aResetWhileAnObjectIsSentIsUnavailable(String requests, long length) throws Exception {
    RandomSource source = new RandomSource(3, length);
    try (BreakingProxy proxy = new BreakingProxy(
            server.url(), Break.at(requests).afterRequestBytes(1000).resetting());
        ObjectStore store = at(proxy.uri())) {
      assertUnavailable(Failures.of(() -> Puts.put(store, NAME, source)));
      assertThat(Puts.names(store)).isEmpty();
      Puts.put(store, NAME, source);
      Puts.assertHoldsOnly(store, NAME, source);
    }
    assertThat(server.openSessions()).isZero();
  }

  @Test
  void aResetWhileASessionIsBegunIsUnavailable() throws Exception {
    try (BreakingProxy proxy = new BreakingProxy(
            server.url(), Break.at("POST /upload").afterRequestBytes(10).resetting());
        ObjectStore store = at(proxy.uri())) {
      assertUnavailable(Failures.of(() -> Puts.put(store, NAME, LARGE)));
      Puts.put(store, NAME, LARGE);
      Puts.assertHoldsOnly(store, NAME, LARGE);
    }
  }

  @Test
  void aConnectionThatIsResetManyTimesIsRetried() throws Exception {
    RetryPolicy patient =
        new RetryPolicy(10, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(1));
    try (BreakingProxy proxy = new BreakingProxy(
            server.url(),
            Break.at("PUT /upload").afterRequestBytes(1000).resetting().every(3));
        ObjectStore store =
            new RetryingStore(at(proxy.uri()), patient, new Random(1), wait -> {})) {
      Puts.put(store, NAME, LARGE);
      Puts.assertHoldsOnly(store, NAME, LARGE);
      assertThat(proxy.requests().stream().filter(line -> line.startsWith("POST ")))
          .as("sessions begun")
          .hasSize(1);
    }
    assertThat(server.openSessions()).isZero();
  }

  private static void assertUnavailable(StoreException failure) {
    assertThat(failure.kind()).as("%s", failure).isEqualTo(Kind.UNAVAILABLE);
  }

  private ObjectStore at(URI address) throws StoreException {
    return OnServer.store(server, "endpoint", address.toString());
  }
}
