package io.coldstream.eventstore.log;

import java.time.Instant;

/**
 * The end of an explicit transaction (record type 1).
 *
 * @param position where it starts
 * @param endPosition where it ends
 * @param timestamp when it was written
 * @param transactionPosition where the first record of its transaction starts
 */
public record CommitRecord(
    long position, long endPosition, Instant timestamp, long transactionPosition)
    implements LogRecord {

  /**
   * Checks the positions.
   *
   * @throws IllegalArgumentException when it would start below 0, or end where it starts
   */
  public CommitRecord {
    RecordParser.checkPositions(position, endPosition);
  }

  @Override
  public boolean endsAtSafeCut() {
    return true;
  }
}
