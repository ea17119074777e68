package io.coldstream.eventstore.log;

import java.io.IOException;

/** Receives the records of a log in their order. */
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
