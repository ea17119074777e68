package io.coldstream.core.inspect;

import java.util.Optional;

/** The answer to the question for one event of a stream. */
public sealed interface EventAnswer {

  /**
   * Its record is in the backup's log. That says nothing of whether a server would show it: metadata
   * or a deletion may hide it.
   *
   * @param event the event
   */
  record Found(StreamEvent event) implements EventAnswer {}

  /** No event of that stream is in the backup, and none was. */
  record NoSuchStream() implements EventAnswer {}

  /**
   * The stream is there, but has no event with that number: none yet, or no longer.
   *
   * @param stream what is left of the stream
   */
  record NoSuchEvent(StreamState stream) implements EventAnswer {}

  /**
   * The event was written, and a scavenge has dropped its record since.
   *
   * @param position where its record started
   * @param stream what is left of the stream
   */
  record Scavenged(long position, StreamState stream) implements EventAnswer {}

  /**
   * The stream was deleted for good, and the event is not in the log.
   *
   * @param tombstone the record that deletes it
   * @param position where the event's record started, where the index still has it
   */
  record Deleted(StreamEvent tombstone, Optional<Long> position) implements EventAnswer {}
}
