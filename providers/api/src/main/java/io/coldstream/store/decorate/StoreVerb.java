package io.coldstream.store.decorate;

/** The verbs of the port that ask the store something, as they are counted. */
public enum StoreVerb {
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
