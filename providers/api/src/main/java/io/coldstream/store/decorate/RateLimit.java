package io.coldstream.store.decorate;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many bytes may pass in a second, over all streams of the process in one direction: a token
 * bucket that holds a tenth of a second's bytes. A caller that takes more than there is makes the
 * next one wait. Thread-safe when the pause is.
 */
public final class RateLimit {

  /** No limit. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  private static final long SLICES_PER_SECOND = 10;
  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long BURST_NANOS = SECOND_NANOS / SLICES_PER_SECOND;

  private final LongSupplier bytesPerSecond;
  private final LongSupplier nanos;
  private final Pause pause;
  private long freeAtNanos;

  /**
   * A limit.
   *
   * @param bytesPerSecond the rate, read again whenever bytes pass, 1 or more; {@link #UNLIMITED}
   *     for none
   * @param nanos a clock that only goes forward, {@link System#nanoTime} outside of tests
   * @param pause does the waiting, {@link Pause#SLEEP} outside of tests
   */
  public RateLimit(LongSupplier bytesPerSecond, LongSupplier nanos, Pause pause) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanos = nanos;
    this.pause = pause;
    this.freeAtNanos = nanos.getAsLong();
  }

  /**
   * How many bytes to let pass at once, so that they flow evenly instead of in bursts.
   *
   * @param wanted how many there could be, 1 or more
   * @return at least 1 and at most that many
   */
  int most(int wanted) {
    long slice = Math.max(1, bytesPerSecond.getAsLong() / SLICES_PER_SECOND);
    return (int) Math.min(wanted, slice);
  }

  /**
   * Lets bytes pass, after those before them have had their time.
   *
   * @param bytes how many, 0 or more
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  void take(int bytes) throws InterruptedException {
    long wait = waitNanos(bytes);
    if (wait > 0) {
      pause.pause(Duration.ofNanos(wait));
    }
  }

  private synchronized long waitNanos(int bytes) {
    long now = nanos.getAsLong();
    // By difference: such a clock may pass over the largest number.
    if (freeAtNanos - now < -BURST_NANOS) {
      freeAtNanos = now - BURST_NANOS;
    }
    long wait = freeAtNanos - now;
    freeAtNanos += bytes * SECOND_NANOS / bytesPerSecond.getAsLong();
    return wait;
  }
}
