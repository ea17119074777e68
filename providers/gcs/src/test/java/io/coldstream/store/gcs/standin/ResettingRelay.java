package io.coldstream.store.gcs.standin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands before a server and hands on bytes as they are, but resets a connection when told so: the
 * server itself can only close one.
 */
public final class ResettingRelay implements AutoCloseable {

  private static final long NEVER = Long.MAX_VALUE;

  private final ServerSocket listening;
  private final URI behind;
  private final AtomicLong left = new AtomicLong(NEVER);

  /** Before the server at this URL. */
  public ResettingRelay(URI behind) throws IOException {
    this.behind = behind;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    run(this::listen);
  }

  /** Scheme, host and port. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** Resets a connection, once, when so many further bytes of answers, headers included, are out. */
  public void resetAfter(long bytes) {
    left.set(bytes);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void run(Task task) {
    Thread thread = new Thread(
        () -> {
          try {
            task.run();
          } catch (IOException e) {
            // One side went away, and with it this thread's work.
            return;
          }
        },
        "resetting-relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void listen() throws IOException {
    while (true) {
      Socket client = listening.accept();
      client.setTcpNoDelay(true);
      Socket server = new Socket(behind.getHost(), behind.getPort());
      server.setTcpNoDelay(true);
      run(() -> request(client, server));
      run(() -> answer(server, client));
    }
  }

  private static void request(Socket client, Socket server) throws IOException {
    try (client;
        server) {
      client.getInputStream().transferTo(server.getOutputStream());
    }
  }

  private void answer(Socket server, Socket client) throws IOException {
    byte[] bytes = new byte[64 << 10];
    try (server;
        client) {
      for (int n = read(server, bytes); n >= 0; n = read(server, bytes)) {
        client.getOutputStream().write(bytes, 0, n);
        if (left.get() != NEVER && left.addAndGet(-n) <= 0) {
          left.set(NEVER);
          // Closing without lingering is a reset.
          client.setSoLinger(true, 0);
          client.close();
          return;
        }
      }
    }
  }

  private static int read(Socket server, byte[] bytes) throws IOException {
    return server.getInputStream().read(bytes);
  }
}
