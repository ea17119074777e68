package io.coldstream.eventstore.testing.server;

/** What a server can do that it should not. */
public enum Misbehaviour {
  NONE,
  /** Its health is bad for ever. */
  NEVER_READY,
  /** It never becomes the leader. */
  NO_LEADER,
  /** It ends with 1 before it does anything. */
  EXIT_1,
  /** It ends with 0 before it does anything. */
  EXIT_0,
  /** It ends with 1 at the first event that it is asked for. */
  EXIT_1_WHEN_READ,
  /** It does not end at SIGTERM. */
  HANG_AT_STOP,
  /** It prints megabytes, some of them in one line. */
  PRINT_MEGABYTES,
  /** The last event of the log is missing. */
  LOSE_LAST,
  /** Streams are empty, although the log has their events. */
  LOSE_STREAMS,
  /** Data is not what was written. */
  ALTER_DATA,
  /** Ids are not what was written. */
  ALTER_IDS,
  /** Types are not what was written. */
  ALTER_TYPES,
  /** Events are only for those who have a password. */
  UNAUTHORIZED,
  /** Everything is only for those who have a password. */
  ALL_UNAUTHORIZED,
  /** Events are pages for people. */
  HTML,
  /** All answers are pages for people. */
  ALL_HTML,
  /** Reading events fails. */
  ERROR,
  /** It accepts requests for events and answers none. */
  STALL,
  /** It is busy at first. */
  BUSY_AT_FIRST,
  /** It is busy for ever. */
  BUSY,
  /** It does not give data as it is. */
  NO_RAW,
  /** It runs without AtomPub. */
  NO_ATOM,
  /** It truncates nothing and ends with 0 all the same. */
  NO_TRUNCATION
}
