package io.coldstream.store.azure;

import io.coldstream.store.cloud.StallClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * An answer's body on its way from the transport to the thread that reads it. At most a few pieces are
 * held; the transport waits until they are read.
 */
final class ReceivedBody extends BaseSubscriber<ByteBuffer> implements Runnable {

  private static final int PIECES = 4;

  private final StallClock clock;
  private final Consumer<Runnable> atEnd;
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();

  /** Bytes, or the end: without a failure all was received. */
  private record Piece(Optional<ByteBuffer> bytes, Optional<Throwable> failure) {}

  /**
   * A body.
   *
   * @param clock runs while the store is waited for
   * @param atEnd is given this when nothing more is expected
   */
  ReceivedBody(StallClock clock, Consumer<Runnable> atEnd) {
    this.clock = clock;
    this.atEnd = atEnd;
  }

  @Override
  protected void hookOnSubscribe(Subscription subscription) {
    request(PIECES);
  }

  @Override
  protected void hookOnNext(ByteBuffer bytes) {
    pieces.add(new Piece(Optional.of(bytes), Optional.empty()));
  }

  @Override
  protected void hookOnComplete() {
    pieces.add(new Piece(Optional.empty(), Optional.empty()));
  }

  @Override
  protected void hookOnError(Throwable failure) {
    pieces.add(new Piece(Optional.empty(), Optional.of(failure)));
  }

  /** Cuts it, because the store is closed. */
  @Override
  public void run() {
    cancel();
    hookOnError(Exchanges.closedStore());
  }

  /** The bytes as one stream; closing it gives up what is left. */
  InputStream stream() {
    return new Stream();
  }

  private final class Stream extends InputStream {
    private ByteBuffer open = ByteBuffer.allocate(0);
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      while (!open.hasRemaining() && !ended) {
        take();
      }
      if (ended) {
        return -1;
      }
      int count = Math.min(length, open.remaining());
      open.get(bytes, offset, count);
      return count;
    }

    private void take() throws IOException {
      Piece next = await();
      if (next.failure().isPresent()) {
        throw Exchanges.rethrown(next.failure().get());
      }
      if (next.bytes().isPresent()) {
        open = next.bytes().get();
        clock.moved(open.remaining());
        request(1);
      } else {
        ended = true;
      }
    }

    private Piece await() throws IOException {
      clock.run();
      Piece next;
      try {
        next = pieces.poll(clock.leftMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw Exchanges.interrupted(e);
      } finally {
        clock.pause();
      }
      if (next == null) {
        throw clock.stalled();
      }
      return next;
    }

    @Override
    public void close() {
      cancel();
      atEnd.accept(ReceivedBody.this);
    }
  }
}
