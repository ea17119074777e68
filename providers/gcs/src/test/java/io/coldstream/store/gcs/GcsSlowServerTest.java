package io.coldstream.store.gcs;

import static io.coldstream.store.gcs.OnServer.PART_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.gcs.emulator.FaultPlan.When;
import io.coldstream.store.gcs.emulator.Faults;
import io.coldstream.store.gcs.emulator.Faults.Step;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.testkit.RandomSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is slow but moves is waited for, longer in sum than it may stand still. */
@Timeout(60)
class GcsSlowServerTest {

  private static final String NAME = "chunks/a";
  private static final Duration TIMEOUT = Duration.ofMillis(1500);
  private static final long PAUSE_MS = 160;

  private final GcsServer server = OnServer.server();
  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicInteger pauses = new AtomicInteger();

  /** What only a first call waits for is no part of this. */
  @BeforeEach
  void warmUp() throws Exception {
    try (ObjectStore store = OnServer.store(server)) {
      Puts.put(store, NAME, new RandomSource(4, 3L * PART_BYTES));
      Puts.read(store, NAME);
      store.delete(List.of(new ObjectName(NAME)));
    }
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void aSlowAnswerIsReadToItsEnd() throws Exception {
    // The server writes pieces of 64 KiB.
    RandomSource source = new RandomSource(1, 10L << 16);
    try (ObjectStore store = store("256KiB")) {
      Puts.put(store, NAME, source);
      server.faults().add(When.request("GET", "/download/"), Faults.slowAnswer(everyTime(1)));
      assertTakesLongerThanTheTimeout(() -> Puts.assertHoldsOnly(store, NAME, source));
    }
  }

  @Test
  void aSlowRequestIsSentToItsEnd() throws Exception {
    // The server reads pieces of 8 KiB. In sum it is sent far more than what systems hold for a
    // reader
    // that pauses, so that the sender notices; and what they hold is read within the time-out.
    RandomSource source = new RandomSource(2, (96L << 20) + 1);
    try (ObjectStore store = store("96MiB")) {
      server.faults().add(When.request("PUT", "/upload/"), Faults.slowRequest(everyTime(860)));
      assertTakesLongerThanTheTimeout(() -> Puts.put(store, NAME, source));
      server.faults().clear();
      Puts.assertHoldsOnly(store, NAME, source);
    }
  }

  @Test
  void aPutOfManySlowRequestsIsWaitedFor() throws Exception {
    RandomSource source = new RandomSource(3, 9L * PART_BYTES + 5);
    try (ObjectStore store = store("256KiB")) {
      server.faults().add(When.request("PUT", "/upload/").always(), Faults.before(everyTime(1)));
      assertTakesLongerThanTheTimeout(() -> Puts.put(store, NAME, source));
      Puts.assertHoldsOnly(store, NAME, source);
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private void assertTakesLongerThanTheTimeout(Work work) throws Exception {
    work.run();
    assertThat(pauses.get() * PAUSE_MS).as("paused in sum").isGreaterThan(TIMEOUT.toMillis());
  }

  /** Pauses each n-th time. */
  private Step everyTime(int nth) {
    AtomicInteger times = new AtomicInteger();
    return () -> {
      if (times.incrementAndGet() % nth == 0) {
        assertThat(never.await(PAUSE_MS, TimeUnit.MILLISECONDS)).isFalse();
        pauses.incrementAndGet();
      }
    };
  }

  private ObjectStore store(String partSize) throws StoreException {
    return OnServer.store(server, "part-size", partSize, "timeout", TIMEOUT.toMillis() + "ms");
  }
}
