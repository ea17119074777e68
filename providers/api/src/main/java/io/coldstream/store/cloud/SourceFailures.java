package io.coldstream.store.cloud;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.OncePass;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Optional;

/** What a put ends with when its source has failed: the source's failure, not its consequences. */
public final class SourceFailures {

  private SourceFailures() {}

  /**
   * The failure to report.
   *
   * @param object what is put, as {@link Keys#shown} names it
   * @param pass reads the source
   * @param otherwise what the put ended with
   * @return {@code otherwise} when nothing is wrong with the source; {@link Kind#UNAVAILABLE} when it
   *     was only stopped, the thread's flag set then, or when the source is itself a store that is
   *     not available now; else {@link Kind#SOURCE_UNREADABLE}
   */
  public static StoreException of(String object, OncePass pass, StoreException otherwise) {
    Optional<IOException> failure = pass.failure();
    if (failure.isEmpty()) {
      return otherwise;
    }
    boolean ofStore = failure.get() instanceof StoreException;
    if (Thread.currentThread().isInterrupted() || (!ofStore && isStop(failure.get()))) {
      return Interrupts.interrupted(Operation.PUT, object, failure.get());
    }
    return new StoreException(
        StoreException.isUnavailable(failure.get()) ? Kind.UNAVAILABLE : Kind.SOURCE_UNREADABLE,
        Operation.PUT.on(object) + "the source was refused: " + failure.get().getMessage(),
        failure.get());
  }

  /** A source has a message of its own; a time-out is a failure of what it reads from. */
  private static boolean isStop(IOException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof InterruptedIOException && !(t instanceof SocketTimeoutException)) {
        return true;
      }
    }
    return Interrupts.isInterrupt(failure);
  }
}
