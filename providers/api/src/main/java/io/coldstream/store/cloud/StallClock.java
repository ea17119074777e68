package io.coldstream.store.cloud;

import io.coldstream.store.StalledException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Measures how long a store keeps one exchange waiting. The exchange has stalled when the store was
 * waited for as long as the limit and moved fewer than {@value #FLOOR_BYTES_PER_SECOND} bytes for each
 * second of it. The count starts again whenever that many bytes have moved, and with each phase:
 * sending a request's body, waiting for the answer's head, reading the answer's body.
 *
 * <p>Only waiting for the store counts. A source that is slow, a bandwidth limit, and a reader that
 * takes its time pause the clock. Thread-safe.
 */
public final class StallClock {

  /** How many bytes have to move in a second, on average over the limit. */
  public static final int FLOOR_BYTES_PER_SECOND = 1024;

  private static final long MILLI_NANOS = 1_000_000;

  /** Longer limits are as good as none, and would not fit a number. */
  private static final Duration MAX_LIMIT = Duration.ofDays(365);

  private final long limitMillis;
  private final LongSupplier nanos;
  private boolean waiting;
  private long sinceNanos;
  private long waitedNanos;
  private long movedBytes;

  /**
   * A clock that does not run yet.
   *
   * @param limit how long the store may be waited for while too little moves
   */
  public StallClock(Duration limit) {
    this(limit, System::nanoTime);
  }

  StallClock(Duration limit, LongSupplier nanos) {
    this.limitMillis = (limit.compareTo(MAX_LIMIT) < 0 ? limit : MAX_LIMIT).toMillis();
    this.nanos = nanos;
  }

  /** The clock counts from now on. */
  public synchronized void run() {
    if (!waiting) {
      waiting = true;
      sinceNanos = nanos.getAsLong();
    }
  }

  /** The clock stops counting. */
  public synchronized void pause() {
    if (waiting) {
      waitedNanos += nanos.getAsLong() - sinceNanos;
      waiting = false;
    }
  }

  /** The next phase begins, and the count with it. */
  public synchronized void restart() {
    waitedNanos = 0;
    movedBytes = 0;
    sinceNanos = nanos.getAsLong();
  }

  /**
   * Bytes of a body have moved, in whichever direction.
   *
   * @param bytes how many, 0 or more
   */
  public synchronized void moved(long bytes) {
    movedBytes += bytes;
    if (movedBytes >= floorBytes()) {
      restart();
    }
  }

  /**
   * How long the store may still be waited for.
   *
   * @return milliseconds, rounded up; 0 or less when the exchange has stalled
   */
  public synchronized long leftMillis() {
    long waited = waitedNanos + (waiting ? nanos.getAsLong() - sinceNanos : 0);
    return limitMillis - waited / MILLI_NANOS;
  }

  /**
   * The failure of an exchange that has stalled.
   *
   * @return the failure
   */
  public StalledException stalled() {
    return new StalledException("less than 1 KiB/s moved for " + limitMillis + " ms", floorBytes());
  }

  /**
   * The failure of a call whose answer was not complete within the limit.
   *
   * @return the failure
   */
  public StalledException unanswered() {
    return new StalledException("no whole answer in " + limitMillis + " ms", floorBytes());
  }

  private long floorBytes() {
    return Math.max(1, limitMillis * FLOOR_BYTES_PER_SECOND / 1000);
  }
}
