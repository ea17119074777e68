package io.coldstream.core.backup.capture;

import java.io.InterruptedIOException;

/**
 * Thrown when reading stops because the thread is interrupted. It has its own class because a
 * socket's time-out is an {@link InterruptedIOException} too, and stops nothing.
 */
final class ReadStopped extends InterruptedIOException {

  private static final long serialVersionUID = 1L;

  ReadStopped(String message) {
    super(message);
  }
}
