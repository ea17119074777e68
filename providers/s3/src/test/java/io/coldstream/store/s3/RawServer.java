package io.coldstream.store.s3;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A server on 127.0.0.1 that answers each request with whatever bytes a test gives, one request for
 * each connection, and then closes or resets it.
 */
final class RawServer implements AutoCloseable {

  private final ServerSocket listening;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Function<String, Answer> answers;

  /**
   * What one request gets.
   *
   * @param bytes status line, header and body, as they go out
   * @param reset whether the connection ends with a reset instead of cleanly
   * @param silent whether nothing is sent, and the connection left open
   */
  record Answer(byte[] bytes, boolean reset, boolean silent) {

    static Answer of(int status, String headers, String body) {
      return cut(status, headers, body, body.getBytes(StandardCharsets.UTF_8).length);
    }

    /** Announces a length, and sends a body that may be shorter. */
    static Answer cut(int status, String headers, String body, int announced) {
      String text = "HTTP/1.1 " + status + " X\r\nContent-Length: " + announced
          + "\r\nConnection: close\r\n" + headers + "\r\n" + body;
      return new Answer(text.getBytes(StandardCharsets.UTF_8), false, false);
    }

    static Answer error(int status, String code) {
      return of(status, "", "<Error><Code>" + code + "</Code><Message>m</Message></Error>");
    }

    Answer thenReset() {
      return new Answer(bytes, true, false);
    }

    static Answer drop() {
      return new Answer(new byte[0], true, false);
    }

    static Answer silence() {
      return new Answer(new byte[0], false, true);
    }
  }

  /** Answers by the request line. */
  RawServer(Function<String, Answer> answers) throws IOException {
    this.answers = answers;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::listen, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  Map<String, String> settings() {
    System.setProperty("aws.accessKeyId", "coldstream");
    System.setProperty("aws.secretAccessKey", "not-a-secret");
    return Map.of("endpoint", uri().toString(), "path-style", "true");
  }

  /** The request lines so far, with their bodies' lengths left out. */
  List<String> requests() {
    return requests;
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Thread thread = new Thread(() -> serve(socket), "raw-server-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String line = line(in);
      long length = 0;
      boolean expects = false;
      for (String header = line(in); !header.isEmpty(); header = line(in)) {
        String lower = header.toLowerCase(java.util.Locale.ROOT);
        if (lower.startsWith("content-length:")) {
          length = Long.parseLong(lower.substring(15).strip());
        }
        expects |= lower.startsWith("expect:");
      }
      requests.add(line);
      OutputStream out = socket.getOutputStream();
      if (expects) {
        out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      in.skipNBytes(length);
      Answer answer = answers.apply(line);
      if (answer.silent()) {
        in.read();
      }
      out.write(answer.bytes());
      out.flush();
      if (answer.reset()) {
        socket.setSoLinger(true, 0);
      }
    } catch (IOException e) {
      // The client went away, which is what some tests are about.
      return;
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
