package io.coldstream.store;

import java.net.SocketTimeoutException;
import java.util.Optional;

/**
 * A store kept an exchange waiting too long: nothing moved, or too little. An adapter throws it
 * inside a call, and it becomes the cause of a {@link StoreException}.
 */
public final class StalledException extends SocketTimeoutException {

  private static final long serialVersionUID = 1L;

  private final long floorBytes;

  /**
   * A stall.
   *
   * @param what how long, and what did not happen
   * @param floorBytes how much has to move in the time that was waited, 1 or more
   */
  public StalledException(String what, long floorBytes) {
    super(what);
    this.floorBytes = floorBytes;
  }

  /**
   * Finds a stall among the causes of a failure.
   *
   * @param failure anything
   * @return the stall; empty when it failed for another reason
   */
  public static Optional<StalledException> in(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof StalledException stall) {
        return Optional.of(stall);
      }
    }
    return Optional.empty();
  }

  /**
   * How much an attempt has to move to count as progress although it ended like this.
   *
   * @return bytes, 1 or more
   */
  public long floorBytes() {
    return floorBytes;
  }
}
