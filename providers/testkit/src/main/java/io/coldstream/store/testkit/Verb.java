package io.coldstream.store.testkit;

/** The verbs of the port, as the fakes count them. */
public enum Verb {
  /** Finding one name. */
  STAT,
  /** One page of a listing. */
  LIST,
  /** A read, from its opening to its closing. */
  READ,
  /** A put. */
  PUT,
  /** A lock that is made longer. */
  EXTEND,
  /** A question for the end of a lock. */
  LOCKED_UNTIL,
  /** A removal of any number of names. */
  DELETE,
  /** A sweep. */
  SWEEP
}
