package io.coldstream.core.node;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.network.AnswerHead;
import io.coldstream.store.network.HostException;
import io.coldstream.store.network.Network;
import io.coldstream.store.network.Peer;
import io.coldstream.store.network.Route;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;

/**
 * Asks a node over HTTP, directly and never through a proxy. An answer is read whole, up to a length
 * and within a time. A request is not tried again, and a redirect is not followed. Thread-safe.
 */
public final class NodeHttp {

  /** What a node answers with, unless it was asked for an event. */
  public static final String JSON = "application/json";

  /** The largest event has 16 MiB. */
  static final int MAX_BODY_BYTES = (16 << 20) + (64 << 10);

  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

  private final URI base;
  private final NodeCredentials credentials;
  private final Duration longest;
  private final Route way;
  private final HttpClient client;

  /**
   * A node; it is not asked yet.
   *
   * @param address where it listens
   * @param credentials who this program is to it
   * @param longest how long an answer can take, with its content
   * @param decider what decides the address, as a message names it
   * @throws RunException {@link Kind#USAGE} when the credentials cannot be used
   */
  public NodeHttp(
      NodeAddress address, NodeCredentials credentials, Duration longest, String decider)
      throws RunException {
    this.base = address.uri();
    this.credentials = credentials;
    this.longest = longest;
    this.way = Network.DIRECT.to(base).to(node(decider));
    HttpClient.Builder builder = HttpClient.newBuilder()
        .version(Version.HTTP_1_1)
        .followRedirects(Redirect.NEVER)
        .connectTimeout(longest.compareTo(LONGEST_CONNECT) < 0 ? longest : LONGEST_CONNECT)
        .proxy(HttpClient.Builder.NO_PROXY);
    if (address.isEncrypted()) {
      builder.sslContext(NodeTls.context(credentials));
    }
    this.client = builder.build();
  }

  private static Peer node(String decider) {
    return new Peer(
        "node",
        decider,
        decider + ", and this machine's network (DNS)",
        Optional.of(decider),
        "the variable " + NodeCredentials.CA);
  }

  /**
   * Asks.
   *
   * @param path the path, encoded, with its query
   * @param accept which type of content is wanted
   * @return what the node answered, whatever that is
   * @throws IOException when it does not answer, or not in time; a {@link HostException} when the way
   *     there is the trouble
   * @throws InterruptedException when this thread was interrupted
   */
  public NodeAnswer get(String path, String accept) throws IOException, InterruptedException {
    return answer(send("GET", path, accept, longest), "GET " + path);
  }

  /**
   * Asks for JSON.
   *
   * @param path the path, encoded
   * @return what the node answered
   * @throws IOException as {@link #get} says; also when a page, a redirect or the like shows that
   *     somebody else answers
   * @throws InterruptedException when this thread was interrupted
   */
  NodeAnswer ask(String path) throws IOException, InterruptedException {
    return tell("GET", path, longest);
  }

  /**
   * Tells the node to do something.
   *
   * @param method the HTTP method
   * @param path the path, encoded
   * @param within how long the answer can take
   * @return what the node answered
   * @throws IOException as {@link #ask} says; whether it is done is not known then
   * @throws InterruptedException when this thread was interrupted
   */
  NodeAnswer tell(String method, String path, Duration within)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = send(method, path, JSON, within);
    requireOwnAnswer(response);
    return answer(response, method + " " + path);
  }

  private static NodeAnswer answer(HttpResponse<byte[]> response, String name) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    return new NodeAnswer(name, response.statusCode(), type, response.body());
  }

  private HttpResponse<byte[]> send(String method, String path, String accept, Duration within)
      throws IOException, InterruptedException {
    String name = method + " " + path;
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
        .method(method, BodyPublishers.noBody())
        .header("Accept", accept)
        .header("ES-ResolveLinkTos", "False");
    credentials.login().ifPresent(login -> request.header("Authorization", login));
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request.build(), info -> new BoundedBody(MAX_BODY_BYTES));
    try {
      return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(name + ": no whole answer within " + within.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw failure(name, e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  /** A page for people, a redirect, or a server that expects TLS. */
  private void requireOwnAnswer(HttpResponse<byte[]> response) throws HostException {
    AnswerHead head = new AnswerHead(
        response.statusCode(), name -> response.headers().firstValue(name), OptionalLong.of(0));
    Optional<HostException> unfit = way.unfit(head);
    if (unfit.isPresent()) {
      throw unfit.get();
    }
  }

  private IOException failure(String name, Throwable cause) {
    IOException explained = way.explained(connecting(cause));
    if (explained instanceof HostException) {
      return explained;
    }
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new IOException(name + ": " + why + tlsHint(cause), cause);
  }

  /** What broke before the first byte of an answer may be a server that expects TLS. */
  private String tlsHint(Throwable cause) {
    boolean garbled =
        chain(cause).anyMatch(t -> t instanceof EOFException || t instanceof ProtocolException);
    return garbled && base.getScheme().equals("http")
        ? "; if it expects TLS, use https:// in " + way.peer().decider()
        : "";
  }

  /** The client does not say why a connection was not made: plain connecting does. */
  private IOException connecting(Throwable cause) {
    if (chain(cause).anyMatch(UnresolvedAddressException.class::isInstance)) {
      return new UnknownHostException(base.getHost());
    }
    if (cause instanceof HttpConnectTimeoutException) {
      return PlainConnection.failure(way, LONGEST_CONNECT)
          .orElseGet(() -> new SSLHandshakeException("it was not complete in time"));
    }
    if (cause instanceof ConnectException && cause.getMessage() == null) {
      return PlainConnection.failure(way, LONGEST_CONNECT).orElse((ConnectException) cause);
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }

  /** A failure and its causes. */
  static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, t -> t != null, Throwable::getCause).limit(20);
  }
}
