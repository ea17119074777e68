package io.coldstream.store.cloud;

import io.coldstream.store.StoreException.Kind;
import java.io.IOException;

/** An answer that a driver cannot accept. The caller adds the operation and the object. */
public final class AnswerException extends IOException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /**
   * An unacceptable answer.
   *
   * @param kind what it means
   * @param message what is wrong with it
   */
  public AnswerException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /**
   * What it means.
   *
   * @return the kind of the failure
   */
  public Kind kind() {
    return kind;
  }
}
