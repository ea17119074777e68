package io.coldstream.store.azure;

import io.coldstream.store.cloud.SectionBody;
import io.coldstream.store.cloud.StallClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes the SDK's calls, and waits for them in the calling thread, which also reads the body that is
 * sent. An interrupt, a store that stalls, and a closed store cut a call. What counts as stalled while
 * a body is sent or received is up to a {@link StallClock}; any other answer must be whole within the
 * time-out. Thread-safe.
 */
final class Exchanges implements AutoCloseable {

  private final Duration timeout;
  private final Set<Runnable> cuts = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Exchanges(Duration timeout) {
    this.timeout = timeout;
  }

  /** Makes a call that sends no body worth streaming; the answer may be null where it is empty. */
  <T> T await(Mono<T> call) throws IOException {
    CompletableFuture<T> answer = call.toFuture();
    Runnable cut = () -> answer.completeExceptionally(closedStore());
    begin(cut);
    try {
      return answered(answer, clock());
    } finally {
      cuts.remove(cut);
      answer.cancel(true);
    }
  }

  /**
   * Makes a call that sends a body. The body is opened again when the SDK wants to send it again,
   * which it does where a store asks for credentials first.
   *
   * @param call is given the bytes as the SDK wants them
   */
  <T> T send(SectionBody body, Function<Flux<ByteBuffer>, Mono<T>> call) throws IOException {
    StallClock clock = clock();
    SentBody sent = new SentBody(clock);
    CompletableFuture<T> answer = call.apply(Flux.from(sent)).toFuture();
    Runnable cut = () -> answer.completeExceptionally(closedStore());
    answer.whenComplete((value, failure) -> sent.answered());
    begin(cut);
    try {
      feed(body, sent);
      return answered(answer, clock);
    } finally {
      cuts.remove(cut);
      answer.cancel(true);
    }
  }

  /** Reads a body that the store sends; the caller closes the stream. */
  InputStream receive(Flux<ByteBuffer> body) throws IOException {
    ReceivedBody received = new ReceivedBody(clock(), cuts::remove);
    body.subscribe(received);
    begin(received);
    return received.stream();
  }

  private StallClock clock() {
    return new StallClock(timeout);
  }

  private void begin(Runnable cut) {
    cuts.add(cut);
    if (closed) {
      cut.run();
    }
  }

  private void feed(SectionBody body, SentBody sent) throws IOException {
    SentBody.Flow flow = null;
    InputStream in = null;
    try {
      for (SentBody.Flow next = sent.await(); next != null; next = sent.await()) {
        if (next != flow) {
          if (in != null) {
            in.close();
          }
          flow = next;
          in = body.open();
          flow.begin(body.lengthBytes());
        }
        flow.feed(in);
      }
    } finally {
      if (in != null) {
        in.close();
      }
    }
  }

  private static <T> T answered(CompletableFuture<T> answer, StallClock clock) throws IOException {
    clock.run();
    try {
      return answer.get(clock.leftMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (TimeoutException e) {
      throw clock.unanswered();
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  /** What a call failed with, as it can be thrown here. */
  static IOException rethrown(Throwable cause) {
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return cause instanceof IOException e ? e : new IOException(cause);
  }

  static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return (IOException) new InterruptedIOException("interrupted").initCause(e);
  }

  static IOException closedStore() {
    return new IOException("the store is closed");
  }

  @Override
  public void close() {
    closed = true;
    cuts.forEach(Runnable::run);
  }
}
