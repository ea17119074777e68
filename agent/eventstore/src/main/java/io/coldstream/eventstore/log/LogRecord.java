package io.coldstream.eventstore.log;

import java.time.Instant;

/** A record of the log ({@code database-files.md#s5}, 5.0 to 26.1), as far as a backup needs it. */
public sealed interface LogRecord permits PrepareRecord, CommitRecord, SystemRecord {

  /** {@return where in the log it starts, as it says itself} */
  long position();

  /** {@return where in the log it ends; the next record, if any, starts here or at a chunk's start} */
  long endPosition();

  /** {@return when it was written, by the clock of the leader that wrote it: not monotonic} */
  Instant timestamp();

  /**
   * Whether the log may end behind it, so that nothing written as one is cut apart ({@code
   * database-files.md#s5-safe-cuts}).
   *
   * @return true at the end of a safe cut
   */
  boolean endsAtSafeCut();
}
