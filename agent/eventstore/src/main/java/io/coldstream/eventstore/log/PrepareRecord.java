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
 * @param transactionOffset its place among the records of its write or transaction, from 0
 * @param expectedVersion for a committed record the number before its own; -2 where any was allowed
 * @param stream the stream that it belongs to
 */
public record PrepareRecord(
    long position,
    long endPosition,
    Instant timestamp,
    int flags,
    long transactionPosition,
    int transactionOffset,
    long expectedVersion,
    StreamName stream)
    implements LogRecord {

  /**
   * The last event of a write or transaction ({@code database-files.md#s5-flags}, 5.0 to
   * 26.1).
   */
  private static final int TRANSACTION_END = 0x04;

  /** Marks the end of its stream: nothing can be appended any more (the same place). */
  private static final int STREAM_DELETE = 0x08;

  /** Carries an event (the same place). */
  private static final int DATA = 0x01;

  /** Its data is JSON (the same place). */
  private static final int IS_JSON = 0x100;

  /** The number of a record that deletes its stream (the same place). */
  public static final long DELETED = Long.MAX_VALUE;

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

  /** {@return whether it has a number in its stream: it is an event, or deletes the stream} */
  public boolean isNumbered() {
    return (flags & (DATA | STREAM_DELETE)) != 0;
  }

  /** {@return whether it deletes its stream for good: a tombstone} */
  public boolean deletesStream() {
    return (flags & STREAM_DELETE) != 0;
  }

  /** {@return whether its writer said that its data is JSON} */
  public boolean isJson() {
    return (flags & IS_JSON) != 0;
  }

  /**
   * Its number in its stream. One of an explicit transaction gets its number from the commit record.
   *
   * @return the number, {@link #DELETED} for a tombstone
   * @throws IllegalStateException when it is not committed by itself
   */
  public long number() {
    if (!isCommitted()) {
      throw new IllegalStateException("the number of an explicit transaction's record");
    }
    return numberAfter(expectedVersion + 1);
  }

  /** The number that it has when its place would give it another one. */
  long numberAfter(long place) {
    return deletesStream() ? DELETED : place;
  }

  /** {@return whether its stream is one of the server's own, see {@link StreamName#isSystem}} */
  public boolean systemStream() {
    return stream.isSystem();
  }
}
