package io.coldstream.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a run cleanly on SIGHUP, SIGINT and SIGTERM: it is interrupted, and has a bounded time to end
 * and to say what stays. The JVM then ends with 129, 130 or 143 by itself.
 */
final class Interruption {

  private final Thread run;
  private final Duration patience;
  private final PrintStream err;
  private final CountDownLatch over = new CountDownLatch(1);

  Interruption(Thread run, Duration patience, PrintStream err) {
    this.run = run;
    this.patience = patience;
    this.err = err;
  }

  /** The run has ended by itself: nothing is left to interrupt. */
  void over() {
    over.countDown();
  }

  /** Called when the JVM goes down, for whatever reason. */
  void onShutdown() {
    if (over.getCount() == 0) {
      return;
    }
    run.interrupt();
    try {
      if (!over.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        err.println("coldstream: did not stop within " + patience.toSeconds()
            + " s and is killed; run the same command again, which reuses what was transferred");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
