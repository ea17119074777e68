package io.coldstream.cli.compose;

import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.store.decorate.RateLimit;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Calculates the slowest rate that still finishes in time. Thread-safe. */
final class Pacing implements RunListener {

  /** The lowest rate: a slower run would not reduce the load further. */
  static final long MIN_BYTES_PER_SECOND = 1 << 20;

  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanos;
  private final long begunNanos;
  private final long goalNanos;
  private boolean planned;
  private long leftBytes;

  /**
   * A pace; the time begins now.
   *
   * @param within when all must be done; the moving gets nine tenths of it, since a run also plans
   *     and commits
   * @param nanos a clock that only goes forward
   */
  Pacing(Duration within, LongSupplier nanos) {
    this.nanos = nanos;
    this.begunNanos = nanos.getAsLong();
    this.goalNanos = within.multipliedBy(9).dividedBy(10).toNanos();
  }

  /** {@return the pace now; none before it is known how much there is, and when it is late} */
  synchronized long bytesPerSecond() {
    long timeLeft = goalNanos - (nanos.getAsLong() - begunNanos);
    if (!planned || timeLeft <= 0) {
      return RateLimit.UNLIMITED;
    }
    double pace = (double) leftBytes * SECOND_NANOS / timeLeft;
    return Math.max(MIN_BYTES_PER_SECOND, (long) pace);
  }

  @Override
  public synchronized void on(RunEvent event) {
    if (event instanceof RunEvent.Planned plan) {
      planned = true;
      leftBytes = plan.bytes();
    } else if (event instanceof RunEvent.Transferred moved) {
      leftBytes = Math.max(0, leftBytes - moved.bytes());
    } else if (event instanceof RunEvent.Resumed resumed) {
      leftBytes = Math.max(0, leftBytes - resumed.bytesThere());
    }
  }
}
