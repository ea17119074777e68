package io.coldstream.eventstore.log;

import java.time.Instant;
import java.util.Optional;

/**
 * A record that the server writes for itself (record type 2).
 *
 * @param position where it starts
 * @param endPosition where it ends
 * @param timestamp when it was written
 * @param epoch the epoch that it begins, if it is an epoch record; there is no other kind today
 */
public record SystemRecord(
    long position, long endPosition, Instant timestamp, Optional<Epoch> epoch)
    implements LogRecord {

  /**
   * Checks the positions.
   *
   * @throws IllegalArgumentException when it would start below 0, or end where it starts
   */
  public SystemRecord {
    RecordParser.checkPositions(position, endPosition);
  }

  @Override
  public boolean endsAtSafeCut() {
    return true;
  }
}
