package io.coldstream.store.testkit;

import java.io.IOException;

/** Processes of tests that work until their input ends: how that is waited for, and brought about. */
public final class ProcessEnd {

  private ProcessEnd() {}

  /**
   * In such a process: waits for the end of standard input, on which nothing is ever sent.
   *
   * @throws IOException when that cannot be read
   */
  public static void await() throws IOException {
    while (System.in.read() >= 0) {
      // Nothing is ever sent.
    }
  }

  /**
   * Ends such a process and waits for that; by force when the thread is interrupted meanwhile.
   *
   * @param process the process
   * @throws IOException when its input cannot be closed
   */
  public static void bringAbout(Process process) throws IOException {
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
