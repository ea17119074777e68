package io.coldstream.core.restore.select;

import java.time.Instant;
import java.util.OptionalLong;

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

  /**
   * All that was written before an event.
   *
   * @param stream the name of its stream
   * @param number its number there
   * @param sequence the backup to look in; without it the newest one, and those of its history where
   *     that one no longer has the event
   */
  record BeforeEvent(String stream, long number, OptionalLong sequence) implements RestorePoint {

    private static final int MAX_CHARACTERS = 60;

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException when it is negative
     */
    public BeforeEvent {
      if (number < 0) {
        throw new IllegalArgumentException("event " + number);
      }
    }

    /** {@return the event for messages: of a long name only the beginning} */
    String text() {
      return streamText() + "@" + number;
    }

    /** {@return the beginning of the stream's name} */
    String streamText() {
      return stream.codePointCount(0, stream.length()) <= MAX_CHARACTERS
          ? stream
          : stream.substring(0, stream.offsetByCodePoints(0, MAX_CHARACTERS)) + "...";
    }
  }
}
