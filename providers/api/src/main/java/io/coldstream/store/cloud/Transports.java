package io.coldstream.store.cloud;

import io.coldstream.store.StalledException;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.network.HostException;
import java.io.IOException;
import java.util.Optional;

/** What a call means to which no whole answer came. */
public final class Transports {

  private Transports() {}

  /**
   * The failure to be told.
   *
   * @param operation which call
   * @param object what it was about
   * @param io what the transport failed with
   * @return what a {@link HostException} below it says, else {@link Kind#UNAVAILABLE}
   */
  public static StoreException unanswered(Operation operation, String object, IOException io) {
    Optional<HostException> way = wayFailure(io);
    if (way.isPresent()) {
      return new StoreException(
          way.get().kind(), operation.on(object) + way.get().getMessage(), io);
    }
    return new StoreException(
        Kind.UNAVAILABLE,
        operation.on(object) + "no complete answer from the store: "
            + ForeignText.cleaned(
                io instanceof StalledException ? io.getMessage() : String.valueOf(io)),
        io);
  }

  /**
   * The failure on the way to a host that another one came from.
   *
   * @param failure what a library failed with
   * @return the first one among its causes
   */
  public static Optional<HostException> wayFailure(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof HostException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
