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
    long previous = previousPosition.orElse(0);
    if (number < 0 || position < 0 || previous < 0) {
      throw new IllegalArgumentException("epoch " + number + " at " + position
          + ", the one before it at " + previous + ": a value is negative");
    }
    if (previousPosition.isPresent() && previous >= position) {
      throw new IllegalArgumentException(
          "epoch " + number + " at " + position + " is not after the one before it at " + previous);
    }
  }

  /**
   * Whether two records tell of one epoch: number, id and position agree. The position before may be
   * unknown in one of them.
   *
   * @param other an epoch
   * @return true when it is the same
   */
  public boolean isSame(Epoch other) {
    return number == other.number && id.equals(other.id) && position == other.position;
  }
}
