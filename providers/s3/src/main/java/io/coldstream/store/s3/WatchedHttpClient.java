package io.coldstream.store.s3;

import io.coldstream.store.cloud.Watch;
import io.coldstream.store.network.AnswerHead;
import io.coldstream.store.network.HostException;
import io.coldstream.store.network.Route;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** A transport whose every exchange is under a {@link Watch}. */
final class WatchedHttpClient implements SdkHttpClient {

  /** Completing a large upload takes a store minutes; it is never cut off before this. */
  static final Duration COMPLETING = Duration.ofMinutes(15);

  private final SdkHttpClient transport;
  private final ProxyRoutes routes;
  private final Function<URI, Route> ways;
  private final Duration timeout;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * Owns the transport.
   *
   * @param routes what the transport finds its way with
   * @param ways tells the way of a request
   */
  WatchedHttpClient(
      SdkHttpClient transport, Duration timeout, ProxyRoutes routes, Function<URI, Route> ways) {
    this.transport = transport;
    this.routes = routes;
    this.ways = ways;
    this.timeout = timeout;
    this.timer = new ScheduledThreadPoolExecutor(1, task -> {
      Thread thread = new Thread(task, "coldstream-s3-watch");
      thread.setDaemon(true);
      return thread;
    });
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    boolean completing = request.httpRequest().method() == SdkHttpMethod.POST
        && request.httpRequest().firstMatchingRawQueryParameter("uploadId").isPresent();
    Duration limit = completing && timeout.compareTo(COMPLETING) < 0 ? COMPLETING : timeout;
    return new Exchange(request, limit);
  }

  @Override
  public String clientName() {
    return transport.clientName();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    transport.close();
  }

  private final class Exchange implements ExecutableHttpRequest {
    private final ExecutableHttpRequest exchange;
    private final Watch watch;
    private final Route way;
    private final OptionalLong sentBytes;

    Exchange(HttpExecuteRequest request, Duration limit) {
      this.watch = new Watch(limit, this::cut, timer);
      this.way = ways.apply(request.httpRequest().getUri());
      this.sentBytes = length(request.httpRequest());
      HttpExecuteRequest.Builder watched =
          HttpExecuteRequest.builder().request(request.httpRequest());
      request
          .contentStreamProvider()
          .ifPresent(
              body -> watched.contentStreamProvider(() -> watch.body(body.newStream(), sentBytes)));
      this.exchange = transport.prepareRequest(watched.build());
    }

    private void cut() {
      exchange.abort();
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      boolean goesOn = false;
      watch.start();
      try {
        HttpExecuteResponse response = watch.over(exchange::call);
        check(response);
        goesOn = response.responseBody().isPresent();
        return goesOn ? withWatchedBody(response) : response;
      } catch (IOException e) {
        throw way.explained(e);
      } finally {
        routes.forget();
        if (!goesOn) {
          watch.end();
        }
      }
    }

    /** Refuses an answer of somebody on the way. */
    private void check(HttpExecuteResponse response) throws HostException {
      SdkHttpResponse answer = response.httpResponse();
      Optional<HostException> unfit = routes.isProxysAnswer()
          ? Optional.of(way.refusedByProxy(answer.statusCode()))
          : way.unfit(new AnswerHead(answer.statusCode(), answer::firstMatchingHeader, sentBytes));
      if (unfit.isPresent()) {
        response.responseBody().ifPresent(AbortableInputStream::abort);
        throw unfit.get();
      }
    }

    private HttpExecuteResponse withWatchedBody(HttpExecuteResponse response) {
      AbortableInputStream body = response.responseBody().orElseThrow();
      InputStream watched = watch.answer(body);
      return HttpExecuteResponse.builder()
          .response(response.httpResponse())
          .responseBody(AbortableInputStream.create(watched, () -> {
            watch.end();
            body.abort();
          }))
          .build();
    }

    @Override
    public void abort() {
      watch.end();
      exchange.abort();
    }
  }

  /** How long a request's body is on the connection; empty where it comes in chunks. */
  private static OptionalLong length(SdkHttpRequest request) {
    return request.firstMatchingHeader("Content-Length").stream()
        .mapToLong(Long::parseLong)
        .findFirst();
  }
}
