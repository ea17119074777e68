package io.coldstream.store.testkit.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy on 127.0.0.1, as networks have one as their only way out. Whatever host it is asked for, it
 * connects to the server of the test, so that hosts can have any name. Tunnels (CONNECT), and takes
 * requests with a whole address as their target, one for each connection.
 */
public final class ForwardProxy implements AutoCloseable {

  private static final byte[] TUNNEL =
      "HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER_BYTES = 64 << 10;

  private final Loopback listening = new Loopback("forward-proxy", this::serve);
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final URI server;
  private volatile Optional<String> wanted = Optional.empty();
  private volatile int refusal;

  /**
   * Starts a proxy that lets everybody through.
   *
   * @param server where every request goes
   * @throws IOException when no port is free
   */
  public ForwardProxy(URI server) throws IOException {
    this.server = server;
    listening.start();
  }

  /**
   * Lets only those through that bring this header, and answers all others with 407.
   *
   * @param authorization the value of {@code Proxy-Authorization}
   * @return this
   */
  public ForwardProxy wanting(String authorization) {
    wanted = Optional.of(authorization);
    return this;
  }

  /**
   * Refuses everything.
   *
   * @param status the HTTP status of the refusal
   * @return this
   */
  public ForwardProxy refusing(int status) {
    refusal = status;
    return this;
  }

  /**
   * Where it listens.
   *
   * @return host and port
   */
  public String address() {
    return listening.uri().getAuthority();
  }

  /**
   * What it was asked for so far.
   *
   * @return the request lines, without those that went through a tunnel
   */
  public List<String> requests() {
    return requests;
  }

  private void serve(Socket client) throws IOException {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      Optional<RequestHead> head = RequestHead.read(in);
      if (head.isEmpty()) {
        return;
      }
      requests.add(head.get().line());
      int status = refusal != 0 ? refusal : lets(head.get()) ? 200 : 407;
      if (status != 200) {
        String asks = status == 407 ? "Proxy-Authenticate: Basic realm=\"test\"\r\n" : "";
        Answer.of(status, asks, "<html>refused</html>").writeTo(client.getOutputStream());
        return;
      }
      try (Socket behind = new Socket(server.getHost(), server.getPort())) {
        if (head.get().line().startsWith("CONNECT ")) {
          client.getOutputStream().write(TUNNEL);
        } else {
          behind.getOutputStream().write(head.get().raw());
        }
        join(client, in, behind);
      }
    }
  }

  private boolean lets(RequestHead head) {
    String raw = new String(head.raw(), StandardCharsets.ISO_8859_1);
    return wanted.isEmpty()
        || Arrays.asList(raw.split("\r\n")).contains("Proxy-Authorization: " + wanted.get())
        || Arrays.asList(raw.split("\r\n")).contains("proxy-authorization: " + wanted.get());
  }

  private static void join(Socket client, InputStream in, Socket behind) throws IOException {
    Thread back = new Thread(
        () -> {
          try (client;
              behind) {
            copy(behind.getInputStream(), client.getOutputStream());
          } catch (IOException e) {
            // One side went away, and with it this connection.
            return;
          }
        },
        "forward-proxy-back");
    back.setDaemon(true);
    back.start();
    copy(in, behind.getOutputStream());
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
