package io.coldstream.eventstore.log;

import java.time.Instant;

/**
 * The end of an explicit transaction (record type 1).
 *
 * @param position where it starts
 * @param endPosition where it ends
 * @param timestamp when it was written
 * @param transactionPosition where the first record of its transaction starts
 * @param firstNumber the number of the transaction's first event in its stream
 */
public record CommitRecord(
    long position, long endPosition, Instant timestamp, long transactionPosition, long firstNumber)
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

  /**
   * The number that a record of this transaction has in its stream.
   *
   * @param prepare a record of the transaction
   * @return the number
   */
  public long numberOf(PrepareRecord prepare) {
    return prepare.numberAfter(firstNumber + prepare.transactionOffset());
  }
}
