package io.coldstream.store.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.coldstream.store.network.AnswerHead;
import io.coldstream.store.network.HostException;
import io.coldstream.store.network.Network;
import io.coldstream.store.network.ProxyServer;
import io.coldstream.store.network.Route;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/**
 * Sends each request directly or through the proxy of its target, and refuses what somebody on the
 * way answers. Thread-safe.
 */
final class RoutedHttpClient implements HttpClient {

  /** Within the transport's text for a tunnel that a proxy refused. */
  private static final Pattern REFUSED = Pattern.compile("status: (\\d{3})");

  private final Network network;
  private final UnaryOperator<Route> purpose;
  private final Function<Optional<ProxyServer>, HttpClient> transports;

  /**
   * A client.
   *
   * @param transports makes a transport through a proxy or without one
   */
  RoutedHttpClient(Network network, Function<Optional<ProxyServer>, HttpClient> transports) {
    this(network, way -> way, once(transports));
  }

  private RoutedHttpClient(
      Network network,
      UnaryOperator<Route> purpose,
      Function<Optional<ProxyServer>, HttpClient> transports) {
    this.network = network;
    this.purpose = purpose;
    this.transports = transports;
  }

  private static Function<Optional<ProxyServer>, HttpClient> once(
      Function<Optional<ProxyServer>, HttpClient> transports) {
    Map<Optional<ProxyServer>, HttpClient> made = new ConcurrentHashMap<>();
    return proxy -> made.computeIfAbsent(proxy, transports);
  }

  /** The same transports for the services that give out tokens. */
  RoutedHttpClient forTokens() {
    return new RoutedHttpClient(
        network,
        way -> way.decidedBy(
            network.isMetadata(way.host(), way.port())
                ? "IDENTITY_ENDPOINT"
                : "AZURE_AUTHORITY_HOST"),
        transports);
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return send(request, Context.NONE);
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request, Context context) {
    Route way = purpose.apply(network.to(URI.create(request.getUrl().toString())));
    return transports
        .apply(way.proxy())
        .send(request, context)
        .onErrorMap(IOException.class, e -> failure(way, e))
        .flatMap(answer -> checked(way, request, answer));
  }

  private static IOException failure(Route way, IOException e) {
    for (Throwable t = e; way.proxy().isPresent() && t != null; t = t.getCause()) {
      Matcher refused = REFUSED.matcher(String.valueOf(t.getMessage()));
      if (t instanceof ConnectException && refused.find()) {
        return way.refusedByProxy(Integer.parseInt(refused.group(1)));
      }
    }
    return way.explained(e);
  }

  private static Mono<HttpResponse> checked(Route way, HttpRequest request, HttpResponse answer) {
    String length = request.getHeaders().getValue(HttpHeaderName.CONTENT_LENGTH);
    AnswerHead head = new AnswerHead(
        answer.getStatusCode(),
        name -> Optional.ofNullable(answer.getHeaderValue(HttpHeaderName.fromString(name))),
        length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length)));
    Optional<HostException> unfit = way.unfit(head);
    if (unfit.isEmpty()) {
      return Mono.just(answer);
    }
    answer.close();
    return Mono.error(unfit.get());
  }
}
