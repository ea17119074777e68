package io.coldstream.core.drill.server;

/** The server, or what it answered, is not as it should be: the drill has failed. */
public final class DrillFault extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * A fault.
   *
   * @param message what was found, and what to do where that is known
   */
  public DrillFault(String message) {
    super(message);
  }
}
