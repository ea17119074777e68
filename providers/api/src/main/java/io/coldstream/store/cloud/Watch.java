package io.coldstream.store.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Watches one exchange with the store. A thread that waits on a socket notices neither an interrupt
 * nor a peer that takes or sends next to nothing; the watch does, and cuts the connection. What
 * counts as stalled is up to a {@link StallClock}.
 */
public final class Watch {

  private final StallClock clock;
  private final Watchdog watchdog;
  private long unsentBytes;

  /**
   * A watch over one exchange.
   *
   * @param limit how long the store may be waited for while less than the floor moves
   * @param cut cuts the connection; called by the timer's thread
   * @param timer looks every tenth of a second; shared
   */
  public Watch(Duration limit, Runnable cut, ScheduledThreadPoolExecutor timer) {
    this.clock = new StallClock(limit);
    this.watchdog = new Watchdog(clock, cut, timer);
  }

  /**
   * The exchange begins; {@link #end} must follow.
   *
   * @throws IOException when the timer was ended, and the store with it
   */
  public void start() throws IOException {
    clock.restart();
    watchdog.start();
  }

  /** The exchange is over. */
  public void end() {
    watchdog.end();
  }

  /**
   * Something that waits for the store.
   *
   * @param <T> what it waits for
   */
  public interface Wait<T> {
    /**
     * Waits.
     *
     * @return what came
     * @throws IOException when nothing came
     */
    T run() throws IOException;
  }

  /** Makes a request's body. */
  public interface Feed {
    /**
     * Writes the body.
     *
     * @param body where to
     * @throws IOException when the source or the connection fails
     */
    void into(OutputStream body) throws IOException;
  }

  /**
   * Runs something that waits for the store, in the thread that is to be watched.
   *
   * @param <T> what it waits for
   * @param wait what is run
   * @return what came
   * @throws IOException what it threw; says so where an interrupt or the limit made it fail
   */
  public <T> T over(Wait<T> wait) throws IOException {
    watchdog.resume();
    try {
      return wait.run();
    } catch (IOException | RuntimeException e) {
      watchdog.explainCut(e);
      throw e;
    } finally {
      watchdog.pause();
    }
  }

  /**
   * A request's body as the transport may read it: while it does, the store is not waited for.
   *
   * @param source the body
   * @param lengthBytes how long it is, where the transport does not read to its end
   * @return the same bytes
   */
  public InputStream body(InputStream source, OptionalLong lengthBytes) {
    unsentBytes = lengthBytes.orElse(Long.MAX_VALUE);
    return new ReadingStream(
        (bytes, offset, length) -> readSource(source, bytes, offset, length), source);
  }

  /**
   * Lets a request's body be written, within {@link #over}: the store is waited for only while it
   * takes bytes.
   *
   * @param feed makes the body
   * @param store takes it
   * @throws IOException what making or taking it throws
   */
  public void feed(Feed feed, OutputStream store) throws IOException {
    watchdog.pause();
    try {
      feed.into(new Taken(store));
    } finally {
      clock.restart();
      watchdog.resume();
    }
  }

  /**
   * An answer's body, once its head has arrived: it is watched while it is read, and the watch ends
   * with it.
   *
   * @param body as the transport gives it
   * @return the same bytes
   */
  public InputStream answer(InputStream body) {
    clock.restart();
    return new ReadingStream(
        (bytes, offset, length) -> {
          int read = over(() -> body.read(bytes, offset, length));
          if (read < 0) {
            end();
          } else {
            clock.moved(read);
          }
          return read;
        },
        () -> {
          end();
          body.close();
        });
  }

  private int readSource(InputStream source, byte[] bytes, int offset, int length)
      throws IOException {
    watchdog.pause();
    int read;
    try {
      read = source.read(bytes, offset, length);
    } finally {
      watchdog.resume();
    }
    if (read > 0) {
      clock.moved(read);
      unsentBytes -= read;
    }
    if (read < 0 || unsentBytes <= 0) {
      clock.restart();
    }
    return read;
  }

  private final class Taken extends OutputStream {
    private final OutputStream store;

    Taken(OutputStream store) {
      this.store = store;
    }

    @Override
    public void write(int oneByte) throws IOException {
      write(new byte[] {(byte) oneByte});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      takes(to -> to.write(bytes, offset, length));
      clock.moved(length);
    }

    @Override
    public void flush() throws IOException {
      takes(OutputStream::flush);
    }

    private void takes(Feed step) throws IOException {
      watchdog.resume();
      try {
        step.into(store);
      } finally {
        watchdog.pause();
      }
    }
  }
}
