package io.coldstream.store.cloud;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;

/** Distinguishes an interrupt, in whatever a library wraps it, from a failure of the store. */
public final class Interrupts {

  private Interrupts() {}

  /**
   * Whether a failure is, or comes from, an interrupt of this thread. A time-out is none.
   *
   * @param failure anything
   * @return true when it is
   */
  public static boolean isInterrupt(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof InterruptedException
          || t instanceof ClosedByInterruptException
          || (t instanceof InterruptedIOException
              && !(t instanceof SocketTimeoutException)
              && "interrupted".equals(t.getMessage()))) {
        return true;
      }
    }
    return false;
  }

  /**
   * What an interrupted call ends with; the thread's flag is set again.
   *
   * @param operation which call
   * @param object what it was about
   * @param cause the I/O failure below; may be null
   * @return the failure
   */
  public static StoreException interrupted(Operation operation, String object, IOException cause) {
    Thread.currentThread().interrupt();
    return new StoreException(Kind.UNAVAILABLE, operation.on(object) + "interrupted", cause);
  }
}
