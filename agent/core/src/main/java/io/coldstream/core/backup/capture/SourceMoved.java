package io.coldstream.core.backup.capture;

import java.io.IOException;

/**
 * Thrown when the database changed and the capture can no longer be completed. What was uploaded
 * stays and is known then.
 */
public final class SourceMoved extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * A move.
   *
   * @param message the file, its captured state and its state now
   */
  public SourceMoved(String message) {
    super(message);
  }

  /**
   * A move that showed itself as a failure.
   *
   * @param message the file, its captured state and its state now
   * @param cause the failure
   */
  public SourceMoved(String message, Throwable cause) {
    super(message, cause);
  }
}
