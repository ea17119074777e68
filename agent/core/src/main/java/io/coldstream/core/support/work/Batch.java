package io.coldstream.core.support.work;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/** Tasks that run together: the first failure stops the others. All fields are guarded by this. */
final class Batch<T> implements Runnable {

  private final List<? extends Callable<? extends T>> tasks;
  private final List<T> results;
  private final Set<Thread> atWork = new HashSet<>();
  private int next;
  private int entered;
  private Throwable failure;

  Batch(List<? extends Callable<? extends T>> tasks) {
    this.tasks = tasks;
    this.results = new ArrayList<>(Collections.nCopies(tasks.size(), null));
  }

  /** Counts a thread that will run this. */
  synchronized void enter() {
    entered++;
  }

  /** Takes back the thread that was counted last: the pool gave none. */
  synchronized void refused(Throwable cause) {
    entered--;
    fail(cause);
  }

  @Override
  public void run() {
    int index = begin();
    while (index >= 0) {
      T result = null;
      Throwable failed = null;
      try {
        result = tasks.get(index).call();
      } catch (Throwable t) { // whatever it is, the caller gets it
        failed = t;
      }
      end(index, result, failed);
      index = begin();
    }
    leave();
  }

  private synchronized int begin() {
    if (failure != null || next == tasks.size()) {
      return -1;
    }
    atWork.add(Thread.currentThread());
    return next++;
  }

  private synchronized void end(int index, T result, Throwable failed) {
    atWork.remove(Thread.currentThread());
    results.set(index, result);
    if (failed != null) {
      fail(failed);
    }
  }

  private synchronized void leave() {
    entered--;
    notifyAll();
  }

  private synchronized void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
      atWork.forEach(Thread::interrupt);
    }
  }

  /** Waits for the end of all. */
  synchronized List<T> results() throws Exception {
    boolean interrupted = false;
    while (entered > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
        fail(e);
      }
    }
    if (interrupted && !(failure instanceof InterruptedException)) {
      // An earlier failure is thrown, and must not hide that this thread is to stop.
      Thread.currentThread().interrupt();
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof Exception exception) {
      throw exception;
    }
    return results;
  }
}
