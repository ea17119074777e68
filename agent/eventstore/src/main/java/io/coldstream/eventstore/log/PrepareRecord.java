package io.coldstream.eventstore.log;

import java.time.Instant;

/**
 * An event, or a part of a transaction (record type 0).
 *
 * @param position where it starts
 * @param endPosition where it ends
 * @param timestamp when it was written
 * @param flags its flags, 16 bits
 * @param transactionPosition where the first record of its write or transaction starts
 * @param systemStream whether its stream is one of the server's own: the name begins with {@code $};
 *     of a stream that holds metadata, {@code $$} and a name, that name counts
 */
public record PrepareRecord(
    long position,
    long endPosition,
    Instant timestamp,
    int flags,
    long transactionPosition,
    boolean systemStream)
    implements LogRecord {

  /**
   * The last event of a write or transaction ({@code database-files.md#s5-flags}, 5.0 to
   * 26.1).
   */
  private static final int TRANSACTION_END = 0x04;

  /** Takes effect without a commit record, as every write does today (the same place). */
  private static final int IS_COMMITTED = 0x20;

  /**
   * Checks the positions.
   *
   * @throws IllegalArgumentException when it would start below 0, or end where it starts
   */
  public PrepareRecord {
    RecordParser.checkPositions(position, endPosition);
  }

  /**
   * A committed event cuts safely when it is the last one of its write. One of an explicit
   * transaction always does: it stays uncommitted, and so invisible, without its commit record.
   */
  @Override
  public boolean endsAtSafeCut() {
    return !isCommitted() || (flags & TRANSACTION_END) != 0;
  }

  /** {@return whether it takes effect without a commit record} */
  public boolean isCommitted() {
    return (flags & IS_COMMITTED) != 0;
  }
}
