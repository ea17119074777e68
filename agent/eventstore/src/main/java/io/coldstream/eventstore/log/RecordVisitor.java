package io.coldstream.eventstore.log;

import java.io.IOException;

/** Receives records in reverse order of the log until it has seen enough. */
@FunctionalInterface
public interface RecordVisitor {

  /**
   * A whole record, its framing checked.
   *
   * @param record the record
   * @return whether to continue with the one before it
   * @throws IOException to end the walk with a failure
   */
  boolean visit(LogRecord record) throws IOException;
}
