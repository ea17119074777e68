package io.coldstream.store.cloud;

/** The verbs of the port, as messages name them. */
public enum Operation {
  /** Making a client; no request. */
  OPEN("open"),
  /** Finding one name. */
  STAT("stat"),
  /** A page of a listing. */
  LIST("list"),
  /** A read. */
  READ("read"),
  /** A put. */
  PUT("put"),
  /** Making a lock longer. */
  LOCK("lock"),
  /** Asking for the end of a lock. */
  READ_LOCK("read the lock of"),
  /** Deleting. */
  DELETE("delete"),
  /** Removing unfinished uploads. */
  SWEEP("remove unfinished uploads of");

  private final String verb;

  Operation(String verb) {
    this.verb = verb;
  }

  /**
   * Whether it is about an object that must be there, so that "not found" means that object.
   *
   * @return true for a read and what is done to locks
   */
  public boolean needsObject() {
    return this == READ || this == LOCK || this == READ_LOCK;
  }

  /**
   * How every message begins.
   *
   * @param object what the call is about, as {@link Keys#shown} names it
   * @return verb and object, with a colon
   */
  public String on(String object) {
    return verb + " " + object + ": ";
  }
}
