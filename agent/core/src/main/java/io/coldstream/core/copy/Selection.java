package io.coldstream.core.copy;

import io.coldstream.core.repository.manifest.Manifest;
import java.util.OptionalLong;

/**
 * Which backups are copied.
 *
 * @param sequence the number of the one backup; empty for the newest or all
 * @param all whether every backup is
 */
public record Selection(OptionalLong sequence, boolean all) {

  /** The newest backup. */
  public static final Selection NEWEST = new Selection(OptionalLong.empty(), false);

  /** Every backup, the newest first. */
  public static final Selection ALL = new Selection(OptionalLong.empty(), true);

  /**
   * Checks that it is one choice.
   *
   * @throws IllegalArgumentException when it is all and one, or a number that no backup has
   */
  public Selection {
    if (sequence.isPresent()
        && (all || sequence.getAsLong() < 1 || sequence.getAsLong() > Manifest.MAX_SEQUENCE)) {
      throw new IllegalArgumentException("backup " + sequence.getAsLong() + ", all: " + all);
    }
  }

  /**
   * One backup.
   *
   * @param sequence its number
   * @return the selection
   */
  public static Selection of(long sequence) {
    return new Selection(OptionalLong.of(sequence), false);
  }
}
