package io.coldstream.core.repository;

import io.coldstream.core.support.failure.Remedy;
import io.coldstream.store.ObjectName;
import java.io.IOException;

/** Thrown when an object is missing, has another length, or is damaged. */
public final class ObjectFault extends IOException {

  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Kind {
    /** It is not there, or was replaced while it was read. */
    MISSING,
    /** It has another length. */
    LENGTH,
    /** It has other bytes. */
    ALTERED
  }

  private final Kind kind;
  private final transient ObjectName object;

  /**
   * A fault.
   *
   * @param kind what is wrong
   * @param object which object
   * @param fault what was found, as the end of a sentence
   */
  public ObjectFault(Kind kind, ObjectName object, String fault) {
    super(object + " " + fault);
    this.kind = kind;
    this.object = object;
  }

  /**
   * Returns the kind of fault.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * How to repair it from a node that still has its file.
   *
   * @return what to run on that node
   */
  public Remedy repair() {
    String when = "If a node still has this file, repair the object by running on that node";
    return switch (kind) {
      case MISSING, LENGTH -> new Remedy(when, Remedy.Action.RECHECK);
      case ALTERED -> Remedy.resend(when, object);
    };
  }

  /**
   * Returns the name of the faulty object.
   *
   * @return its name
   */
  public ObjectName object() {
    return object;
  }
}
