package io.coldstream.core.backup.capture;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.store.StoreException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Translates a failure to read or upload a captured file into the failure of the run. */
public final class SourceFailure {

  private SourceFailure() {}

  /**
   * Translates a failure. A failure of the source may have passed through a store and its
   * decorators, so its causes are examined.
   *
   * @param failure the failure
   * @param file the file that was being read or sent
   * @return the failure to throw; an {@link InterruptedException} when the thread was interrupted
   * @throws SourceMoved when the database changed: capture again
   * @throws InterruptedException when the run is to stop
   */
  public static RunException of(IOException failure, String file)
      throws SourceMoved, InterruptedException {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SourceMoved moved) {
        throw moved;
      }
      if (cause instanceof DatabaseException database) {
        if (database.kind() == DatabaseException.Kind.CHANGED) {
          throw new SourceMoved(database.getMessage(), database);
        }
        return refused(database.getMessage(), failure);
      }
      if (cause instanceof DamagedSource) {
        return refused(cause.getMessage(), failure);
      }
      if (cause instanceof ReadStopped || cause instanceof ClosedByInterruptException) {
        Thread.currentThread().interrupt();
      }
    }
    if (Thread.interrupted()) {
      throw new InterruptedException(file + ": stopped while it was sent");
    }
    if (failure instanceof StoreException store
        && store.kind() != StoreException.Kind.SOURCE_UNREADABLE) {
      return RunException.of(store);
    }
    return refused(file + ": cannot be read: " + failure.getMessage(), failure);
  }

  private static RunException refused(String message, Throwable cause) {
    return new RunException(RunException.Kind.SOURCE_REFUSED, message, cause);
  }
}
