package io.coldstream.core.backup.capture;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between two reads of a database that is changing. */
@FunctionalInterface
public interface Pause {

  /**
   * Waits before the next attempt.
   *
   * @param attempt how many attempts there were so far, from 1
   * @throws InterruptedException when the run is to stop
   */
  void after(int attempt) throws InterruptedException;

  /**
   * A pause that grows with each attempt.
   *
   * @param first how long after the first attempt; n times as long after the n-th
   * @return the pause
   */
  static Pause growing(Duration first) {
    // Nothing ever opens the latch: awaiting it is waiting.
    return attempt ->
        new CountDownLatch(1).await(first.toMillis() * attempt, TimeUnit.MILLISECONDS);
  }
}
