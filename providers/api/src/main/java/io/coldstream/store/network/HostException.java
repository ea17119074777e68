package io.coldstream.store.network;

import io.coldstream.store.StoreException.Kind;
import java.io.IOException;

/**
 * A request that did not reach the service behind a host, or came back from somebody else on the way.
 * The message names the host or the proxy, and says what to do.
 */
public final class HostException extends IOException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  HostException(Kind kind, String message, IOException cause) {
    super(message, cause);
    this.kind = kind;
  }

  /**
   * What it means.
   *
   * @return the kind of the failure
   */
  public Kind kind() {
    return kind;
  }
}
