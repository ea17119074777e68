package io.coldstream.eventstore.log;

import java.io.IOException;

/** What is told of the records that are walked over, in the order of the log. */
@FunctionalInterface
public interface RecordListener {

  /** Is told, and does nothing. */
  RecordListener NONE = record -> {};

  /**
   * A whole record, its framing checked.
   *
   * @param record the record
   * @throws IOException to end the walk
   */
  void record(LogRecord record) throws IOException;
}
