package io.coldstream.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Stands before a stand-in and hands on bytes as they are, but loses one answer: the first one to a
 * request that a pattern matches. What was asked for has happened then.
 */
final class LosingProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final URI behind;
  private final Pattern request;
  private final AtomicBoolean lost = new AtomicBoolean();

  LosingProxy(URI behind, String request) throws IOException {
    this.behind = behind;
    this.request = Pattern.compile(request);
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    run(this::listen);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** Whether an answer was lost. */
  boolean lost() {
    return lost.get();
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
        "losing-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void listen() throws IOException {
    while (true) {
      Socket client = listening.accept();
      Socket server = new Socket(behind.getHost(), behind.getPort());
      AtomicBoolean losing = new AtomicBoolean();
      run(() -> handRequests(client, server, losing));
      run(() -> handAnswers(server, client, losing));
    }
  }

  private void handRequests(Socket from, Socket to, AtomicBoolean losing) throws IOException {
    byte[] bytes = new byte[64 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        String sent = new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
        if (request.matcher(sent).lookingAt() && lost.compareAndSet(false, true)) {
          losing.set(true);
        }
        out.write(bytes, 0, n);
      }
    }
  }

  private static void handAnswers(Socket from, Socket to, AtomicBoolean losing) throws IOException {
    byte[] bytes = new byte[64 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        String said = new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
        if (losing.get() && !said.startsWith("HTTP/1.1 100 ")) {
          return;
        }
        out.write(bytes, 0, n);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
