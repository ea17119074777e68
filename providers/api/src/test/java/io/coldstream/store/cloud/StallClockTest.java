package io.coldstream.store.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What counts as a stall, by a clock that the test moves. */
class StallClockTest {

  private static final int LIMIT_SECONDS = 10;
  private static final int FLOOR_BYTES = LIMIT_SECONDS * StallClock.FLOOR_BYTES_PER_SECOND;

  private long nowSeconds;
  private final StallClock clock =
      new StallClock(Duration.ofSeconds(LIMIT_SECONDS), () -> TimeUnit.SECONDS.toNanos(nowSeconds));

  @Test
  void aStoreThatMovesNothingHasStalledAfterTheLimit() {
    clock.run();
    pass(9);
    assertThat(clock.leftMillis()).isEqualTo(1000);
    pass(1);
    assertThat(clock.leftMillis()).isZero();
  }

  @Test
  void aFewBytesDoNotExtendTheLimit() {
    clock.run();
    for (int i = 0; i < 9; i++) {
      pass(1);
      clock.moved(1);
    }
    assertThat(clock.leftMillis()).isEqualTo(1000);
    assertThat(clock.stalled()).hasMessage("less than 1 KiB/s moved for 10000 ms");
  }

  @Test
  void aStoreAtTheMinimumRateNeverStalls() {
    clock.run();
    for (int i = 0; i < 1000; i++) {
      pass(9);
      clock.moved(FLOOR_BYTES);
      assertThat(clock.leftMillis()).isEqualTo(10_000);
    }
  }

  @Test
  void aStoreBelowTheMinimumRateStallsAtTheLimit() {
    clock.run();
    for (int i = 0; i < LIMIT_SECONDS; i++) {
      assertThat(clock.leftMillis()).isPositive();
      pass(1);
      clock.moved(StallClock.FLOOR_BYTES_PER_SECOND - 1);
    }
    assertThat(clock.leftMillis()).isZero();
  }

  @Test
  void onlyWaitingForTheStoreCounts() {
    for (int i = 0; i < 9; i++) {
      clock.run();
      pass(1);
      clock.pause();
      pass(1000);
      clock.moved(1);
    }
    assertThat(clock.leftMillis()).isEqualTo(1000);
  }

  @Test
  void eachPhaseHasTheWholeLimit() {
    clock.run();
    pass(9);
    clock.moved(FLOOR_BYTES - 1);
    clock.restart();
    pass(9);
    clock.moved(1);
    assertThat(clock.leftMillis()).isEqualTo(1000);
  }

  @Test
  void aLimitTooLargeForANumberNeverEnds() {
    StallClock patient =
        new StallClock(Duration.ofHours(1_000_000_000), () -> TimeUnit.SECONDS.toNanos(nowSeconds));
    patient.run();
    pass(1_000_000);
    assertThat(patient.leftMillis()).isPositive();
    patient.moved(1);
  }

  private void pass(long seconds) {
    nowSeconds += seconds;
  }
}
