package io.coldstream.store.decorate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.LogLines;
import io.coldstream.store.testkit.MemoryStore;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Each failed attempt that is followed by another one is logged in one line. */
class RetryLogTest {

  private static final ObjectName NAME = new ObjectName("a/b");
  private static final RetryPolicy POLICY =
      new RetryPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(1));

  @AutoClose
  private final LogLines log = new LogLines();

  @Test
  void aRetryLogsAttemptKindFailureAndWait() throws StoreException {
    store(Fault.atCall(1).times(2)).stat(NAME);

    assertThat(log.lines())
        .containsExactly(
            "DEBUG Retries: attempt 1 of 3 failed (UNAVAILABLE): planned BEFORE in STAT a/b, call 1;"
                + " the next one follows in 7 ms",
            "DEBUG Retries: attempt 2 of 3 failed (UNAVAILABLE): planned BEFORE in STAT a/b, call 2;"
                + " the next one follows in 7 ms");
  }

  @Test
  void aFailureThatIsThrownIsNotLogged() {
    RetryingStore denied = store(Fault.atCall(1).as(Kind.ACCESS_DENIED));
    assertThat(catchThrowable(() -> denied.stat(NAME))).isInstanceOf(StoreException.class);
    assertThat(log.lines()).isEmpty();

    RetryingStore down = store(Fault.atCall(1).times(3));
    assertThat(catchThrowable(() -> down.stat(NAME))).isInstanceOf(StoreException.class);
    assertThat(log.lines())
        .as("of the two attempts that were followed by another")
        .hasSize(2);
  }

  private static RetryingStore store(Fault fault) {
    Random sevenMillis = new Random() {
      @Override
      public long nextLong(long bound) {
        return Duration.ofMillis(7).toNanos();
      }
    };
    return new RetryingStore(
        new FaultyStore(new MemoryStore(), fault), POLICY, sevenMillis, wait -> {});
  }
}
