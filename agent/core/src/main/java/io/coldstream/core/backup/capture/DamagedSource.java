package io.coldstream.core.backup.capture;

import java.io.IOException;

/** Thrown when a file of the database does not match its own digest. */
public final class DamagedSource extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the file, what was expected and met, and what to do
   */
  public DamagedSource(String message) {
    super(message);
  }
}
