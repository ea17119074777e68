package io.coldstream.core.support.json;

import java.io.IOException;

/** A document that is not what it must be. The message names the document, the field and the fault. */
public class FormatException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * A fault.
   *
   * @param message document, field, fault
   */
  public FormatException(String message) {
    super(message);
  }

  /**
   * A fault that was found below.
   *
   * @param message document, field, fault
   * @param cause what found it
   */
  public FormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
