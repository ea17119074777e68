package io.coldstream.store.s3;

import io.coldstream.store.cloud.Watch;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** A transport whose every exchange is under a {@link Watch}. */
final class WatchedHttpClient implements SdkHttpClient {

  /** Completing a large upload takes a store minutes; it is never cut off before this. */
  static final Duration COMPLETING = Duration.ofMinutes(15);

  private final SdkHttpClient transport;
  private final Duration timeout;
  private final ScheduledThreadPoolExecutor timer;

  /** Owns the transport. */
  WatchedHttpClient(SdkHttpClient transport, Duration timeout) {
    this.transport = transport;
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

    Exchange(HttpExecuteRequest request, Duration limit) {
      this.watch = new Watch(limit, this::cut, timer);
      HttpExecuteRequest.Builder watched =
          HttpExecuteRequest.builder().request(request.httpRequest());
      request
          .contentStreamProvider()
          .ifPresent(body -> watched.contentStreamProvider(
              () -> watch.body(body.newStream(), length(request.httpRequest()))));
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
        goesOn = response.responseBody().isPresent();
        return goesOn ? withWatchedBody(response) : response;
      } finally {
        if (!goesOn) {
          watch.end();
        }
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
