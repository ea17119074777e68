package io.coldstream.core.verify.history;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of some backups that follow one another.
 *
 * @param first the lowest number
 * @param last the highest number
 * @param checked when they were last verified
 * @param depth how closely that was
 * @param readSince no byte of them was read earlier than this; empty when some were never read
 * @param unreadBytes how many were never read; 0 when none
 */
public record CheckedBackups(
    long first,
    long last,
    Instant checked,
    Depth depth,
    Optional<Instant> readSince,
    long unreadBytes) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when they are out of range
   */
  public CheckedBackups {
    if (first < 1 || last < first || unreadBytes < 0) {
      throw new IllegalArgumentException("backups " + first + " to " + last);
    }
  }

  /**
   * Whether a backup is one of them.
   *
   * @param sequence its number
   * @return whether it is
   */
  public boolean holds(long sequence) {
    return first <= sequence && sequence <= last;
  }

  /**
   * The same for other backups.
   *
   * @param lowest the lowest number
   * @param highest the highest number
   * @return the facts about those
   */
  public CheckedBackups of(long lowest, long highest) {
    return new CheckedBackups(lowest, highest, checked, depth, readSince, unreadBytes);
  }
}
