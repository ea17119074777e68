package io.coldstream.store.s3;

/** The verbs of the port, as messages name them. */
enum Operation {
  OPEN("open"),
  STAT("stat"),
  LIST("list"),
  READ("read"),
  PUT("put"),
  DELETE("delete"),
  SWEEP("sweep");

  private final String verb;

  Operation(String verb) {
    this.verb = verb;
  }

  /** How every message begins. */
  String on(String object) {
    return verb + " " + object + ": ";
  }
}
