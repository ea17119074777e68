package io.coldstream.store.gcs.emulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that speaks the JSON API of Cloud Storage over plain http, on a free port of 127.0.0.1.
 * What it keeps is gone when it is closed. Everything here may be used by any thread.
 */
public final class GcsServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads;
  private final FaultPlan faults = new FaultPlan();
  private final Identities identities = new Identities();
  private final RequestLog log = new RequestLog();
  private final Buckets buckets;
  private final Uploads uploads;
  private final Routes routes;

  private GcsServer(Bytes.Source source, Clock clock) throws IOException {
    // Without it a small answer waits for the acknowledgement of the one before.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    buckets = new Buckets(clock);
    uploads = new Uploads(source);
    routes = new Routes(buckets, identities, uploads);
    threads = Executors.newCachedThreadPool(work -> {
      Thread thread = new Thread(work, "gcs-server");
      thread.setDaemon(true);
      return thread;
    });
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** One that keeps its bytes in memory. */
  public static GcsServer inMemory() {
    try {
      return new GcsServer(Bytes.inMemory(), Clock.systemUTC());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One whose clock is wrong by so much. */
  public static GcsServer skewed(Duration by) throws IOException {
    return new GcsServer(Bytes.inMemory(), Clock.offset(Clock.systemUTC(), by));
  }

  /** One that keeps its bytes in files of this folder, which end with it. */
  public static GcsServer inFolder(Path folder) throws IOException {
    return new GcsServer(Bytes.inFolder(folder), Clock.systemUTC());
  }

  /** Scheme, host and port. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Which requests fail, and how. */
  public FaultPlan faults() {
    return faults;
  }

  /** Who is allowed to do what. */
  public Identities identities() {
    return identities;
  }

  /** What was asked. */
  public RequestLog log() {
    return log;
  }

  /** Makes an empty bucket. */
  public void createBucket(String bucket) {
    buckets.create(bucket, Json.object());
  }

  /** Lays fields over a bucket's resource, in JSON, whether or not a caller could. */
  public void patchBucket(String bucket, String json) {
    buckets.get(bucket).patch(Json.parse(json.getBytes(StandardCharsets.UTF_8)));
  }

  /** Ends all upload sessions as if a week had passed. */
  public void expireSessions() {
    uploads.expire();
  }

  /** How many upload sessions are neither complete nor cancelled. */
  public int openSessions() {
    return uploads.open();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    // Closing it before its end is how a server hangs up.
    try (exchange) {
      Answer answer = answer(Request.of(exchange));
      // Many a sender looks for the answer only when its body is out.
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      OptionalLong length = answer.body().length();
      boolean none = length.isPresent() && length.getAsLong() == 0;
      exchange.sendResponseHeaders(answer.status(), none ? -1 : length.orElse(0));
      if (!none) {
        OutputStream out = exchange.getResponseBody();
        // Newer versions of Java send no head before there is some body.
        out.flush();
        answer.body().writeTo(out);
        out.close();
      }
    }
  }

  private Answer answer(Request request) throws IOException {
    int status = 0;
    try {
      Answer answer = struck(faults.next(request), request);
      status = answer.status();
      return answer;
    } finally {
      log.add(request, status);
    }
  }

  private Answer struck(Fault fault, Request request) throws IOException {
    Optional<Answer> instead = fault.instead();
    if (instead.isPresent()) {
      return instead.get();
    }
    return fault.outgoing(routed(request.withBody(fault.incoming(request.body()))));
  }

  // A slip of this server's own shall be seen by the test that meets it.
  private Answer routed(Request request) throws IOException {
    try {
      return request.path().startsWith("/batch/")
          ? Batch.answer(request, this::answer)
          : routes.answer(request);
    } catch (Refusal e) {
      return Answer.of(e);
    } catch (RuntimeException e) {
      return Answer.error(500, "backendError", e.toString());
    }
  }
}
