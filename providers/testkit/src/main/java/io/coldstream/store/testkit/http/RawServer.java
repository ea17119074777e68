package io.coldstream.store.testkit.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * A server on 127.0.0.1 that answers each request with whatever bytes a test gives, one request for
 * each connection unless it keeps them, and then closes or resets it. Requests are answered side by side.
 */
public class RawServer implements AutoCloseable {

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Loopback listening;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final Function<String, Answer> answers;
  private volatile Duration pause = Duration.ZERO;
  private volatile boolean keeping;

  /**
   * Starts a server.
   *
   * @param answers gives what a request line gets, when its body was read; called by several threads
   * @throws IOException when no port is free
   */
  public RawServer(Function<String, Answer> answers) throws IOException {
    this(answers, "http", ServerSocketFactory.getDefault());
  }

  /**
   * Starts a server that speaks TLS.
   *
   * @param answers gives what a request line gets, when its body was read; called by several threads
   * @param context has the server's key and certificate
   * @throws IOException when no port is free
   */
  public RawServer(Function<String, Answer> answers, SSLContext context) throws IOException {
    this(answers, "https", context.getServerSocketFactory());
  }

  private RawServer(Function<String, Answer> answers, String scheme, ServerSocketFactory sockets)
      throws IOException {
    this.answers = answers;
    this.listening = new Loopback("raw-server", scheme, sockets, this::serve);
    listening.start();
  }

  /**
   * Where it listens.
   *
   * @return its address, without a path
   */
  public final URI uri() {
    return listening.uri();
  }

  /**
   * Pauses again and again while bodies arrive: between two pauses it takes less than what connections
   * hold by themselves, so that the sender of a long body notices.
   *
   * @param each how long one pause is
   */
  public final void takeSlowly(Duration each) {
    pause = each;
  }

  /** Answers one request after another on each connection. */
  public final void keepConnections() {
    keeping = true;
  }

  /**
   * What was asked so far.
   *
   * @return the request lines, in the order in which they arrived
   */
  public final List<String> requests() {
    return requests;
  }

  /**
   * What was asked so far, with its headers.
   *
   * @return the request lines, each with its headers, in the order in which they arrived
   */
  public final List<String> heads() {
    return heads;
  }

  private void serve(Socket socket) throws IOException {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      Optional<RequestHead> head = RequestHead.read(in);
      while (head.isPresent()) {
        requests.add(head.get().line());
        heads.add(new String(head.get().raw(), StandardCharsets.ISO_8859_1));
        Function<String, Answer> given = keeping ? answers.andThen(Answer::thenAnother) : answers;
        answer(head.get(), new SlowStream(in, pause), out, socket, given);
        head = keeping ? RequestHead.read(in) : Optional.empty();
      }
    }
  }

  /** Reads the body of a request, and answers it if all came; the caller closes the socket. */
  static void answer(
      RequestHead head,
      InputStream in,
      OutputStream out,
      Socket socket,
      Function<String, Answer> answers)
      throws IOException {
    if (head.expects()) {
      out.write(CONTINUE);
    }
    if (!head.copyBody(in, OutputStream.nullOutputStream(), () -> {})) {
      return;
    }
    Answer answer = answers.apply(head.line());
    if (answer.silent()) {
      in.read();
    }
    answer.writeTo(out);
    if (answer.reset()) {
      socket.setSoLinger(true, 0);
    }
  }

  @Override
  public final void close() throws IOException {
    listening.close();
  }
}
