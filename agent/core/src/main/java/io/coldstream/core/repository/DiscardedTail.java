package io.coldstream.core.repository;

/**
 * The end of a backup's log that the newest backup does not hold: an election discarded it, or the
 * database was restored to an earlier point.
 *
 * @param sequence the backup that holds it
 * @param position the log position where it begins
 * @param end the backup's restore point, where it ends
 * @param discardedBy the first later backup without it
 */
public record DiscardedTail(long sequence, long position, long end, long discardedBy) {

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException when the tail is empty or the other backup is not a later one
   */
  public DiscardedTail {
    if (position >= end || discardedBy <= sequence) {
      throw new IllegalArgumentException("tail of backup " + sequence + " from " + position + " to "
          + end + ", discarded by " + discardedBy);
    }
  }

  /** {@return its length} */
  public long bytes() {
    return end - position;
  }
}
