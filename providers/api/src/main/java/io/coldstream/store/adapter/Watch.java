package io.coldstream.store.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Watches one exchange with the store. A thread that waits on a socket notices neither an interrupt
 * nor a peer that takes no more bytes; the watch does, and cuts the connection.
 *
 * <p>Only waiting for the store counts. A source that is slow, or a reader that takes its time, is
 * nobody's fault.
 */
public final class Watch {

  private static final long LOOK_EVERY_MS = 100;

  private final Duration limit;
  private final Runnable cut;
  private final ScheduledThreadPoolExecutor timer;
  private ScheduledFuture<?> looks;
  private volatile Thread waiting;
  private volatile long waitingSince;
  private volatile boolean late;
  private volatile boolean interrupted;

  /**
   * A watch over one exchange.
   *
   * @param limit how long the store may let us wait while nothing moves
   * @param cut cuts the connection; called by the timer's thread
   * @param timer looks every tenth of a second; shared by all exchanges
   */
  public Watch(Duration limit, Runnable cut, ScheduledThreadPoolExecutor timer) {
    this.limit = limit;
    this.cut = cut;
    this.timer = timer;
  }

  /**
   * The exchange begins; {@link #end} must follow.
   *
   * @throws IOException when the timer was ended, and the store with it
   */
  public synchronized void start() throws IOException {
    try {
      looks = timer.scheduleWithFixedDelay(
          this::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new IOException("the store is closed", e);
    }
  }

  /** The exchange is over. */
  public synchronized void end() {
    if (looks != null) {
      looks.cancel(false);
    }
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
    begin();
    try {
      return wait.run();
    } catch (IOException | RuntimeException e) {
      explainCut(e);
      throw e;
    } finally {
      waiting = null;
    }
  }

  /**
   * A request's body as the transport may read it: while it does, the store is not waited for.
   *
   * @param source the body
   * @return the same bytes
   */
  public InputStream body(InputStream source) {
    return new Paused(source);
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
    waiting = null;
    try {
      feed.into(new Taken(store));
    } finally {
      begin();
    }
  }

  private void begin() {
    waitingSince = System.nanoTime();
    waiting = Thread.currentThread();
  }

  private void look() {
    Thread thread = waiting;
    if (thread == null) {
      return;
    }
    interrupted = thread.isInterrupted();
    late = System.nanoTime() - waitingSince > limit.toNanos();
    if (interrupted || late) {
      end();
      cut.run();
    }
  }

  private void explainCut(Exception e) throws IOException {
    if (interrupted) {
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
    if (late) {
      throw (IOException)
          new SocketTimeoutException("nothing moved for " + limit.toMillis() + " ms").initCause(e);
    }
  }

  private final class Paused extends InputStream {
    private final InputStream source;

    Paused(InputStream source) {
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      waiting = null;
      try {
        return source.read(bytes, offset, length);
      } finally {
        begin();
      }
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }

  private final class Taken extends OutputStream {
    private final OutputStream store;

    Taken(OutputStream store) {
      this.store = store;
    }

    @Override
    public void write(int oneByte) throws IOException {
      write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      begin();
      try {
        store.write(bytes, offset, length);
      } finally {
        waiting = null;
      }
    }

    @Override
    public void flush() throws IOException {
      begin();
      try {
        store.flush();
      } finally {
        waiting = null;
      }
    }
  }
}
