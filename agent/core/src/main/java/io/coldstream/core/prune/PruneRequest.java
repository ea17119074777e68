package io.coldstream.core.prune;

import io.coldstream.core.prune.policy.RetentionPolicy;
import java.time.Duration;

/**
 * What a prune is asked for.
 *
 * @param policy which backups are kept; has a rule
 * @param grace how old an object must be to be condemned, and how long ago it must have been condemned
 *     to be removed: longer than any backup, copy or restore takes
 * @param confirmed whether anything is removed; otherwise it is only planned
 */
public record PruneRequest(RetentionPolicy policy, Duration grace, boolean confirmed) {

  /** A backup that is younger may still be followed by another run that wanted its number. */
  private static final Duration SETTLED = Duration.ofHours(1);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when there is no rule, or the grace is negative
   */
  public PruneRequest {
    if (policy.isEmpty() || grace.isNegative()) {
      throw new IllegalArgumentException("no rule, or a grace of " + grace);
    }
  }

  /** How old a backup must be to be removed. */
  Duration settled() {
    return grace.compareTo(SETTLED) < 0 ? grace : SETTLED;
  }
}
