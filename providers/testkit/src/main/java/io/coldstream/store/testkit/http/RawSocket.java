package io.coldstream.store.testkit.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A listener on 127.0.0.1 that answers the first bytes of each connection with the same bytes and ends
 * it, whatever was meant.
 */
public final class RawSocket implements AutoCloseable {

  private static final int FIRST_BYTES = 64 << 10;

  private final Loopback listening;

  /**
   * Starts a listener.
   *
   * @param answer what is sent; may be empty
   * @param reset whether a connection ends with a reset instead of cleanly
   * @throws IOException when no port is free
   */
  public RawSocket(String answer, boolean reset) throws IOException {
    this.listening = new Loopback("raw-socket", socket -> {
      try (socket) {
        int first = socket.getInputStream().read(new byte[FIRST_BYTES]);
        if (first >= 0) {
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        }
        if (reset) {
          socket.setSoLinger(true, 0);
        }
      }
    });
    listening.start();
  }

  /**
   * Where it listens.
   *
   * @return the port
   */
  public int port() {
    return listening.uri().getPort();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
