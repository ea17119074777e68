package io.coldstream.core.backup.capture;

import java.io.IOException;

/**
 * Thrown when the database changed and the capture can no longer be completed. What was uploaded
 * stays, and the next capture knows of it.
 */
public final class SourceMoved extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the file, its captured state and its state now
   */
  public SourceMoved(String message) {
    super(message);
  }

  /**
   * Creates the exception for a failure that the change caused.
   *
   * @param message the file, its captured state and its state now
   * @param cause the failure
   */
  public SourceMoved(String message, Throwable cause) {
    super(message, cause);
  }
}
