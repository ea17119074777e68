package io.coldstream.core.backup.capture;

import java.io.IOException;

/** A file of the database is not what it says it is: its bytes must not become a backup. */
public final class DamagedSource extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Damage.
   *
   * @param message the file, what was expected and met, and what to do
   */
  public DamagedSource(String message) {
    super(message);
  }
}
