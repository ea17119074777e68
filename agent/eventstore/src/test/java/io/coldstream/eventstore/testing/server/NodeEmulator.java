package io.coldstream.eventstore.testing.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The HTTP interface of a node on 127.0.0.1. It gives the answers that were recorded of a real one,
 * except where a test or the {@link ScavengeModel} has another. Thread-safe.
 */
public final class NodeEmulator implements AutoCloseable {

  private final String server;
  private final HttpServer http;
  private final String scheme;
  private final ExecutorService threads;
  private final Map<String, Supplier<RecordedAnswer>> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Optional<String> authorization = Optional.empty();

  private NodeEmulator(String server, HttpServer http, String scheme) {
    this.server = server;
    this.http = http;
    this.scheme = scheme;
    this.threads = Executors.newCachedThreadPool(work -> {
      Thread thread = new Thread(work, "node-emulator");
      thread.setDaemon(true);
      return thread;
    });
    RecordedAnswer.of(server).forEach(this::answer);
    http.createContext("/", this::serve);
    http.setExecutor(threads);
    http.start();
  }

  /**
   * Starts a node.
   *
   * @param server whose answers it gives
   * @return the node
   * @throws IOException when no port is free
   */
  public static NodeEmulator start(String server) throws IOException {
    return new NodeEmulator(server, HttpServer.create(address(), 0), "http");
  }

  /**
   * Starts a node that expects TLS.
   *
   * @param server whose answers it gives
   * @param context has its key and certificate, and whom it trusts
   * @param clientCertificate whether a client must show a certificate
   * @return the node
   * @throws IOException when no port is free
   */
  public static NodeEmulator start(String server, SSLContext context, boolean clientCertificate)
      throws IOException {
    HttpsServer http = HttpsServer.create(address(), 0);
    http.setHttpsConfigurator(new HttpsConfigurator(context) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters all = context.getDefaultSSLParameters();
        all.setNeedClientAuth(clientCertificate);
        parameters.setSSLParameters(all);
      }
    });
    return new NodeEmulator(server, http, "https");
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** {@return whose answers it gives} */
  public String server() {
    return server;
  }

  /** {@return its URL} */
  public String url() {
    return scheme + "://127.0.0.1:" + http.getAddress().getPort();
  }

  /** {@return what it was asked so far, such as {@code GET /info}} */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** {@return what it was told to do so far} */
  public List<String> changes() {
    return requests.stream().filter(request -> !request.startsWith("GET ")).toList();
  }

  /**
   * Gives an answer from now on.
   *
   * @param request such as {@code GET /info}
   * @param answer what it gets
   * @return this node
   */
  public NodeEmulator answer(String request, RecordedAnswer answer) {
    return answer(request, () -> answer);
  }

  /**
   * Gives an answer from now on.
   *
   * @param request such as {@code GET /info}
   * @param answer makes what it gets; called by several threads
   * @return this node
   */
  public NodeEmulator answer(String request, Supplier<RecordedAnswer> answer) {
    answers.put(request, answer);
    return this;
  }

  /**
   * Wants to know who asks, except for what anonymous users of a node may know.
   *
   * @param header the header {@code Authorization} that is accepted
   * @return this node
   */
  public NodeEmulator requiring(String header) {
    authorization = Optional.of(header);
    return this;
  }

  /**
   * Runs on a database: its options name the directory, and its gossip the end of the log.
   *
   * @param database the directory
   * @return this node
   * @throws IOException when writer.chk cannot be read
   */
  public NodeEmulator on(Path database) throws IOException {
    RecordedAnswer options = RecordedAnswer.of(server).get("GET /info/options");
    answer(
        "GET /info/options",
        RecordedAnswer.json(200, options.body().replace("/var/lib/db", database.toString())));
    return gossip(EmulatedMember.single("Leader", writer(database)));
  }

  /**
   * The end of a log.
   *
   * @param database the directory
   * @return what writer.chk holds
   * @throws IOException when it cannot be read
   */
  public static long writer(Path database) throws IOException {
    byte[] bytes = Files.readAllBytes(database.resolve("writer.chk"));
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /**
   * Is in a cluster.
   *
   * @param members its members; the first one is this node
   * @return this node
   */
  public NodeEmulator gossip(EmulatedMember... members) {
    answer("GET /gossip", RecordedAnswer.json(200, EmulatedMember.gossip(members)));
    RecordedAnswer info = RecordedAnswer.of(server).get("GET /info");
    String state = members[0].state().toLowerCase(Locale.ROOT);
    answer(
        "GET /info",
        RecordedAnswer.json(200, info.body().replace("\"leader\"", "\"" + state + "\"")));
    return this;
  }

  private void serve(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    requests.add(request);
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      RecordedAnswer answer = isAllowed(exchange)
          ? answers.getOrDefault(request, () -> RecordedAnswer.empty(404)).get()
          : RecordedAnswer.empty(401);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      if (!answer.type().isEmpty()) {
        exchange.getResponseHeaders().set("Content-Type", answer.type());
      }
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private boolean isAllowed(HttpExchange exchange) {
    boolean open = List.of("/info", "/gossip", "/health/live")
        .contains(exchange.getRequestURI().getPath());
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    return open || authorization.isEmpty() || authorization.get().equals(given);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
