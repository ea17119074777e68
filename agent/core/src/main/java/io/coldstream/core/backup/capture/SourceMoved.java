package io.coldstream.core.backup.capture;

import java.io.IOException;

/**
 * The database moved on, and what was captured can no longer be had: close the capture and make a
 * new one. What was uploaded stays and is known then.
 */
public final class SourceMoved extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * A move.
   *
   * @param message the file, what was captured of it and what is there now
   */
  public SourceMoved(String message) {
    super(message);
  }

  /**
   * A move that showed itself as a failure.
   *
   * @param message the file, what was captured of it and what is there now
   * @param cause the failure
   */
  public SourceMoved(String message, Throwable cause) {
    super(message, cause);
  }
}
