package io.coldstream.store.decorate;

import io.coldstream.store.spi.StoreSettings;
import java.time.Duration;

/**
 * How often and how patiently a call is tried.
 *
 * @param attempts how often in all, 1 or more; while a body is read, how often without progress
 * @param firstWait the longest wait before the second attempt; it doubles before each further one
 * @param longestWait what the doubling ends at; a store that asks for more is given more
 * @param patience how long the waits of one call may last in all; a body being read is one call
 */
public record RetryPolicy(
    int attempts, Duration firstWait, Duration longestWait, Duration patience) {

  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException unless there is an attempt, and 0 &lt; firstWait ≤ longestWait
   *     ≤ one day, and patience is 0 or more
   */
  public RetryPolicy {
    if (attempts < 1
        || firstWait.isNegative()
        || firstWait.isZero()
        || firstWait.compareTo(longestWait) > 0
        || longestWait.compareTo(Duration.ofDays(1)) > 0
        || patience.isNegative()) {
      throw new IllegalArgumentException("attempts " + attempts + ", waits " + firstWait + " to "
          + longestWait + ", patience " + patience);
    }
  }

  /**
   * What the settings ask for: their attempts, and as much patience for waiting as their time-out
   * leaves to one attempt. A call thus ends within (attempts + 1) × timeout.
   *
   * @param settings the store's settings
   * @return the policy
   */
  public static RetryPolicy of(StoreSettings settings) {
    return new RetryPolicy(settings.attempts(), FIRST_WAIT, LONGEST_WAIT, settings.timeout());
  }

  /**
   * The longest wait that may follow a failure.
   *
   * @param failures how many attempts have failed, 1 or more
   * @return firstWait doubled for each failure after the first, at most longestWait
   */
  Duration bound(int failures) {
    Duration bound = firstWait;
    for (int i = 1; i < failures && bound.compareTo(longestWait) < 0; i++) {
      bound = bound.multipliedBy(2);
    }
    return bound.compareTo(longestWait) < 0 ? bound : longestWait;
  }
}
