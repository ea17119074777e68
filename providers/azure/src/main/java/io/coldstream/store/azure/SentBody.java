package io.coldstream.store.azure;

import io.coldstream.store.cloud.StallClock;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A request's body on its way from the thread that reads it to the transport, which says how much it
 * can take. Each time that the transport begins to send the body is a {@link Flow} of its own; only
 * the newest counts. All fields are guarded by this.
 */
final class SentBody implements Publisher<ByteBuffer> {

  // The transport keeps up to 128 of these for each connection.
  private static final int PIECE_BYTES = 16 << 10;

  private final StallClock clock;
  private Flow newest;
  private boolean answered;

  /**
   * A body.
   *
   * @param clock runs while the store is waited for
   */
  SentBody(StallClock clock) {
    this.clock = clock;
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    Flow flow = new Flow(subscriber);
    synchronized (this) {
      newest = flow;
      notifyAll();
    }
    subscriber.onSubscribe(flow);
  }

  /** The call is over, with or without success. */
  synchronized void answered() {
    answered = true;
    notifyAll();
  }

  /**
   * Waits until the transport can take something. After the last byte that is until it begins to send
   * the body again, or has its answer.
   *
   * @return the flow that can; null when the call is over
   */
  synchronized Flow await() throws IOException {
    clock.run();
    try {
      while (!answered && (newest == null || newest.given || newest.demand == 0)) {
        long leftMillis = clock.leftMillis();
        if (leftMillis <= 0) {
          throw newest != null && newest.given ? clock.unanswered() : clock.stalled();
        }
        wait(leftMillis);
      }
    } catch (InterruptedException e) {
      throw Exchanges.interrupted(e);
    } finally {
      clock.pause();
    }
    return answered ? null : newest;
  }

  /** One sending of the body. */
  final class Flow implements Subscription {
    private final Subscriber<? super ByteBuffer> subscriber;
    private long demand;
    private boolean given;
    private long left;

    Flow(Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    /** Nothing of this many bytes has been given yet. */
    void begin(long lengthBytes) {
      left = lengthBytes;
      clock.restart();
    }

    /** Gives the next piece, and says so when it is the last. */
    void feed(InputStream in) throws IOException {
      byte[] piece = in.readNBytes((int) Math.min(PIECE_BYTES, left));
      if (piece.length == 0 && left > 0) {
        throw new EOFException(left + " bytes are missing");
      }
      left -= piece.length;
      clock.moved(piece.length);
      if (left == 0) {
        clock.restart();
      }
      synchronized (SentBody.this) {
        demand--;
        given = left == 0;
      }
      if (piece.length > 0) {
        subscriber.onNext(ByteBuffer.wrap(piece));
      }
      if (left == 0) {
        subscriber.onComplete();
      }
    }

    @Override
    public void request(long more) {
      synchronized (SentBody.this) {
        demand = Math.min(Long.MAX_VALUE - more, demand) + more;
        SentBody.this.notifyAll();
      }
    }

    @Override
    public void cancel() {
      synchronized (SentBody.this) {
        // Nothing can be taken any more; the call's end, or a new flow, wakes whoever waits.
        demand = 0;
      }
    }
  }
}
