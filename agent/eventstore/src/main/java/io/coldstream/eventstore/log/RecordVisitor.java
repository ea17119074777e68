package io.coldstream.eventstore.log;

import java.io.IOException;

/** Sees the records of a walk, in its order, until it has seen enough. */
@FunctionalInterface
public interface RecordVisitor {

  /** Sees every record, and does nothing. */
  RecordVisitor ALL = record -> true;

  /**
   * A whole record, its framing checked.
   *
   * @param record the record
   * @return whether the walk continues
   * @throws IOException to end the walk with a failure
   */
  boolean visit(LogRecord record) throws IOException;
}
