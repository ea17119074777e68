package io.coldstream.core.drill.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a server on 127.0.0.1 over HTTP. An answer is read whole, up to a length and within a time. A
 * request is not tried again.
 */
public final class ServerHttp {

  /** The largest event has 16 MiB. */
  private static final int MAX_BODY_BYTES = (16 << 20) + (64 << 10);

  private final int port;
  private final Duration longest;
  private final HttpClient client;

  /**
   * A server.
   *
   * @param port its port
   * @param longest how long an answer can take, with its content
   */
  public ServerHttp(int port, Duration longest) {
    this.port = port;
    this.longest = longest;
    this.client = HttpClient.newBuilder()
        .version(Version.HTTP_1_1)
        .followRedirects(Redirect.NEVER)
        .connectTimeout(longest)
        .proxy(HttpClient.Builder.NO_PROXY)
        .build();
  }

  /**
   * Asks.
   *
   * @param path the path, encoded, with its query
   * @param accept which type of content is wanted
   * @return what the server answered, whatever that is
   * @throws IOException when it does not answer, or not in time; the message names the request
   * @throws InterruptedException when this thread was interrupted
   */
  public Answer get(String path, String accept) throws IOException, InterruptedException {
    String name = "GET " + path;
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Accept", accept)
        .header("ES-ResolveLinkTos", "False")
        .timeout(longest)
        .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, info -> new BoundedBody());
    try {
      HttpResponse<byte[]> response = answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
      String type = response.headers().firstValue("Content-Type").orElse("");
      return new Answer(name, response.statusCode(), type, response.body());
    } catch (TimeoutException e) {
      throw new IOException(name + ": no answer within " + longest.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw new IOException(name + ": " + cause(e), e);
    } finally {
      answer.cancel(true);
    }
  }

  private static String cause(ExecutionException e) {
    Throwable cause = e.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** A longer one is an error: nothing that a drill asks for is longer. */
  private static final class BoundedBody implements BodySubscriber<byte[]> {

    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Flow.Subscription subscription;

    @Override
    public CompletionStage<byte[]> getBody() {
      return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        byte[] next = new byte[buffer.remaining()];
        buffer.get(next);
        bytes.writeBytes(next);
      }
      if (bytes.size() > MAX_BODY_BYTES) {
        subscription.cancel();
        whole.completeExceptionally(
            new IOException("the answer is longer than " + MAX_BODY_BYTES + " bytes"));
      }
    }

    @Override
    public void onError(Throwable failure) {
      whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      whole.complete(bytes.toByteArray());
    }
  }
}
