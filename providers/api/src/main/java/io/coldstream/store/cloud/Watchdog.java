package io.coldstream.store.cloud;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Cuts the connection of one exchange when the thread that waits for the store was interrupted, or
 * when the exchange has stalled.
 */
final class Watchdog {

  private static final long CHECK_EVERY_MS = 100;

  private final StallClock clock;
  private final Runnable cut;
  private final ScheduledThreadPoolExecutor timer;
  private ScheduledFuture<?> checks;
  private volatile Thread waiting;
  private volatile boolean stalled;
  private volatile boolean interrupted;

  Watchdog(StallClock clock, Runnable cut, ScheduledThreadPoolExecutor timer) {
    this.clock = clock;
    this.cut = cut;
    this.timer = timer;
  }

  synchronized void start() throws IOException {
    try {
      checks = timer.scheduleWithFixedDelay(
          this::check, CHECK_EVERY_MS, CHECK_EVERY_MS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new IOException("the store is closed", e);
    }
  }

  synchronized void end() {
    if (checks != null) {
      checks.cancel(false);
    }
  }

  /** From now on this thread waits for the store. */
  void resume() {
    clock.run();
    waiting = Thread.currentThread();
  }

  /** From now on no thread waits for the store. */
  void pause() {
    waiting = null;
    clock.pause();
  }

  private void check() {
    Thread thread = waiting;
    if (thread == null) {
      return;
    }
    interrupted = thread.isInterrupted();
    stalled = clock.leftMillis() <= 0;
    if (interrupted || stalled) {
      end();
      cut.run();
    }
  }

  /** Throws what the connection was cut for; returns when it was not cut. */
  void explainCut(Exception failure) throws IOException {
    if (interrupted) {
      throw (IOException) new InterruptedIOException("interrupted").initCause(failure);
    }
    if (stalled) {
      throw (IOException) clock.stalled().initCause(failure);
    }
  }
}
