package io.coldstream.core.restore.select;

import java.time.Instant;

/** Which state a user wants back. */
public sealed interface RestorePoint {

  /** The newest backup, whole. */
  record Latest() implements RestorePoint {}

  /**
   * A chosen backup, whole.
   *
   * @param sequence its number
   */
  record OfBackup(long sequence) implements RestorePoint {}

  /**
   * All that was written up to a moment, by the clocks of the nodes that wrote it. A time without a
   * fraction of a second, as it is printed, means up to the end of that second.
   *
   * @param time the moment; records with a later time, and all behind the first of them, are left out
   */
  record AtTime(Instant time) implements RestorePoint {

    /** {@return the latest time that a record may have} */
    public Instant last() {
      return time.getNano() == 0 ? time.plusSeconds(1).minusNanos(1) : time;
    }
  }

  /**
   * All below a log position.
   *
   * @param position where to end; moved down to a safe cut
   */
  record AtPosition(long position) implements RestorePoint {

    /**
     * Checks the position.
     *
     * @throws IllegalArgumentException when it is not above 0
     */
    public AtPosition {
      if (position < 1) {
        throw new IllegalArgumentException("position " + position);
      }
    }
  }
}
