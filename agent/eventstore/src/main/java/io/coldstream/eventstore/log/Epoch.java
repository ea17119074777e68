package io.coldstream.eventstore.log;

import java.util.OptionalLong;
import java.util.UUID;

/**
 * An epoch: the part of the log that one leader wrote ({@code database-files.md#s5-epochs},
 * 5.0 to 26.1).
 *
 * @param number its number, 0 or more; each epoch has a higher one than the one before
 * @param id its id, random
 * @param position where its record starts
 * @param previousPosition where the record of the epoch before starts; empty for the first
 */
public record Epoch(long number, UUID id, long position, OptionalLong previousPosition) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when a number or position is negative, or the epoch before
   *     does not lie before it
   */
  public Epoch {
    if (number < 0
        || position < 0
        || (previousPosition.isPresent()
            && (previousPosition.getAsLong() < 0 || previousPosition.getAsLong() >= position))) {
      throw new IllegalArgumentException(
          "epoch " + number + " at " + position + ", before it " + previousPosition);
    }
  }

  /**
   * Whether two logs hold the same epoch.
   *
   * @param other an epoch of another log
   * @return whether number, id and position are equal
   */
  public boolean isSame(Epoch other) {
    return number == other.number && id.equals(other.id) && position == other.position;
  }
}
