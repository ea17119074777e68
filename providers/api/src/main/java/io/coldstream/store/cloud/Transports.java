package io.coldstream.store.cloud;

import io.coldstream.store.StalledException;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.IOException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;

/** What a call means to which no whole answer came. */
public final class Transports {

  private Transports() {}

  /**
   * The failure to be told.
   *
   * @param operation which call
   * @param object what it was about
   * @param io what the transport failed with
   * @return {@link Kind#REJECTED} for a certificate that is not trusted, else {@link
   *     Kind#UNAVAILABLE}
   */
  public static StoreException unanswered(Operation operation, String object, IOException io) {
    for (Throwable t = io; t != null; t = t.getCause()) {
      if (t instanceof CertificateException) {
        return new StoreException(
            Kind.REJECTED,
            operation.on(object)
                + "the store's certificate is not trusted; name its issuer's certificates with the"
                + " setting ca-file",
            io);
      }
      if (t instanceof UnknownHostException) {
        return new StoreException(
            Kind.UNAVAILABLE,
            operation.on(object)
                + "the host's name is not known; check the repository's URL, the setting endpoint,"
                + " and the network",
            io);
      }
    }
    return new StoreException(
        Kind.UNAVAILABLE,
        operation.on(object) + "no complete answer from the store: "
            + ForeignText.cleaned(
                io instanceof StalledException ? io.getMessage() : String.valueOf(io)),
        io);
  }
}
