package io.coldstream.core.inspect;

import io.coldstream.eventstore.log.EventRecord;

/**
 * An event that was found in its stream.
 *
 * @param number its number there; {@link Long#MAX_VALUE} for the record that deletes the stream
 * @param event its record
 */
public record StreamEvent(long number, EventRecord event) {

  /** {@return where its record starts in the log} */
  public long position() {
    return event.prepare().position();
  }

  /** {@return where its record ends in the log} */
  public long endPosition() {
    return event.prepare().endPosition();
  }
}
