package io.coldstream.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before a stand-in and hands on bytes as they are (so that signatures hold), but drops the
 * connection once, when a given part begins to arrive.
 */
final class BreakingProxy implements AutoCloseable {

  private static final Pattern PART = Pattern.compile("partNumber=(\\d+)");

  private final ServerSocket listening;
  private final URI behind;
  private final String breaksAt;
  private final AtomicBoolean broken = new AtomicBoolean();
  private final List<String> parts = new CopyOnWriteArrayList<>();

  BreakingProxy(URI behind, int part) throws IOException {
    this.behind = behind;
    this.breaksAt = String.valueOf(part);
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    run(this::listen);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** The numbers of the parts that were sent, in their order. */
  List<String> parts() {
    return parts;
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
        "breaking-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void listen() throws IOException {
    while (true) {
      Socket client = listening.accept();
      Socket server = new Socket(behind.getHost(), behind.getPort());
      run(() -> hand(server, client, false));
      run(() -> hand(client, server, true));
    }
  }

  private void hand(Socket from, Socket to, boolean requests) throws IOException {
    byte[] bytes = new byte[64 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        if (requests && breaks(new String(bytes, 0, n, StandardCharsets.ISO_8859_1))) {
          return;
        }
        out.write(bytes, 0, n);
      }
    }
  }

  private boolean breaks(String sent) {
    Matcher part = PART.matcher(sent);
    if (!part.find()) {
      return false;
    }
    parts.add(part.group(1));
    return part.group(1).equals(breaksAt) && broken.compareAndSet(false, true);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
