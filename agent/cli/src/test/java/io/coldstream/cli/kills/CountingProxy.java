package io.coldstream.cli.kills;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands before a server, hands on bytes as they are, and counts them. It is slower than what stands at
 * its ends, as a network is: else the system would take megabytes for a client that is killed before it
 * reads them, and they would count as moved. Thread-safe.
 */
final class CountingProxy implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 << 10;
  private static final long BYTES_PER_SECOND = 80_000_000;

  /** So much of a body on its way that it is worth counting its connection as one that is at work. */
  private static final int BUSY_BYTES = 32 << 10;

  private final ServerSocket listening;
  private final URI behind;
  private final AtomicLong freeAtNanos = new AtomicLong(System.nanoTime());
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong fetched = new AtomicLong();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  CountingProxy(URI behind) throws IOException {
    this.behind = behind;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    run(this::listen);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** Bytes that went to the server so far. */
  long sentBytes() {
    return sent.get();
  }

  /** Bytes that came from the server so far. */
  long fetchedBytes() {
    return fetched.get();
  }

  /** How many connections have a body on its way, in either direction. */
  int streams() {
    return (int) connections.stream().filter(Connection::isBusy).count();
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
        "counting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void listen() throws IOException {
    while (true) {
      Socket client = listening.accept();
      Socket server = new Socket(behind.getHost(), behind.getPort());
      Connection connection = new Connection();
      connections.add(connection);
      run(() -> hand(client, server, sent, connection, connection.up));
      run(() -> {
        try {
          hand(server, client, fetched, connection, connection.down);
        } finally {
          connections.remove(connection);
        }
      });
    }
  }

  /** A change of direction begins a new request or a new answer. */
  private static final class Connection {
    private final AtomicLong up = new AtomicLong();
    private final AtomicLong down = new AtomicLong();

    boolean isBusy() {
      return Math.max(up.get(), down.get()) >= BUSY_BYTES;
    }

    void passed(AtomicLong direction, int bytes) {
      (direction == up ? down : up).set(0);
      direction.addAndGet(bytes);
    }
  }

  /** Takes turns on the line, which is one for all connections. */
  private void waitForTurn(int bytes) {
    long now = System.nanoTime();
    long free = freeAtNanos.getAndUpdate(
        at -> Math.max(at, now) + bytes * 1_000_000_000L / BYTES_PER_SECOND);
    LockSupport.parkNanos(free - now);
  }

  private void hand(
      Socket from, Socket to, AtomicLong total, Connection connection, AtomicLong direction)
      throws IOException {
    byte[] bytes = new byte[BUFFER_BYTES];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        waitForTurn(n);
        total.addAndGet(n);
        connection.passed(direction, n);
        out.write(bytes, 0, n);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
