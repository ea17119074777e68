package io.coldstream.core.node;

import io.coldstream.store.network.Route;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/** A connection that is made only to learn why none can be made. */
final class PlainConnection {

  private PlainConnection() {}

  /**
   * Tries to connect.
   *
   * @param way where to
   * @param longest how long it can take
   * @return why not; empty when it can be made
   */
  static Optional<IOException> failure(Route way, Duration longest) {
    try (Socket socket = new Socket()) {
      String host = way.host().replaceAll("[\\[\\]]", "");
      socket.connect(new InetSocketAddress(host, way.port()), (int) longest.toMillis());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }
}
