package io.coldstream.store.adapter;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * What other threads are sending for one put. The first failure stops the rest, and is given to the
 * thread that puts. All fields are guarded by this.
 */
final class Flight {

  private final Executor threads;
  private final Set<Thread> atWork = new HashSet<>();
  private int underWay;
  private Throwable failure;

  Flight(Executor threads) {
    this.threads = threads;
  }

  /** Something to be sent. */
  interface Task {
    void run() throws StoreException;
  }

  /** Lets another thread send; {@code end} is run when nothing of it is held any more. */
  void start(Task task, Runnable end) throws StoreException {
    count(1);
    try {
      threads.execute(() -> run(task, end));
    } catch (RejectedExecutionException e) {
      end.run();
      count(-1);
      throw new StoreException(Kind.UNAVAILABLE, "the program is being ended", e);
    }
  }

  private void run(Task task, Runnable end) {
    Throwable failed = null;
    try {
      if (enter()) {
        task.run();
      }
    } catch (Throwable e) { // whatever it is, the thread that puts gets it
      failed = e;
    }
    leave(failed);
    end.run();
    count(-1);
  }

  private synchronized boolean enter() {
    if (failure == null) {
      atWork.add(Thread.currentThread());
    }
    return failure == null;
  }

  private synchronized void leave(Throwable failed) {
    if (atWork.remove(Thread.currentThread())) {
      Thread.interrupted(); // that was meant for this task, not for the thread's next one
    }
    if (failed != null) {
      fail(failed);
    }
  }

  private synchronized void count(int more) {
    underWay += more;
    notifyAll();
  }

  private synchronized void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
      atWork.forEach(Thread::interrupt);
    }
  }

  /** Throws what has failed so far. */
  synchronized void check() throws StoreException {
    if (failure instanceof StoreException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  /** Waits for the end of all; an interrupt stops them. */
  void join() throws StoreException {
    awaitEnd();
    check();
  }

  /** Stops them, and waits for their end. */
  void stop() {
    fail(new StoreException(Kind.UNAVAILABLE, "stopped", null));
    awaitEnd();
  }

  private synchronized void awaitEnd() {
    boolean interrupted = false;
    while (underWay > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
        fail(new StoreException(Kind.UNAVAILABLE, "interrupted", e));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
