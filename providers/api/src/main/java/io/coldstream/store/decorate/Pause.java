package io.coldstream.store.decorate;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits between two attempts; the one of a test only records the time. */
@FunctionalInterface
public interface Pause {

  /** Sleeps; ends at once when the thread is interrupted. */
  Pause SLEEP = wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos());

  /**
   * Waits.
   *
   * @param wait how long, 0 or more
   * @throws InterruptedException when the thread is interrupted before or meanwhile
   */
  void pause(Duration wait) throws InterruptedException;
}
