package io.coldstream.eventstore.log;

import java.io.IOException;

/** Is shown records against the order of the log, until it has seen enough. */
@FunctionalInterface
public interface RecordVisitor {

  /**
   * A whole record, its framing checked.
   *
   * @param record the record
   * @return whether to go on to the one before it
   * @throws IOException to end the walk with a failure
   */
  boolean visit(LogRecord record) throws IOException;
}
