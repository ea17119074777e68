package io.coldstream.core.backup.capture;

import java.io.InterruptedIOException;

/**
 * A file was not read on because the thread is interrupted: a class of its own, since a socket's
 * time-out is an {@link InterruptedIOException} too and stops nothing.
 */
final class ReadStopped extends InterruptedIOException {

  private static final long serialVersionUID = 1L;

  ReadStopped(String message) {
    super(message);
  }
}
