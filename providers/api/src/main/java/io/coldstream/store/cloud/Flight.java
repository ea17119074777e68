package io.coldstream.store.cloud;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * What other threads are sending for one put. The first failure stops the rest, and is given to the
 * thread that puts, which is the one that made this. All fields are guarded by this.
 */
final class Flight {

  private final Executor threads;
  private final Thread putting = Thread.currentThread();
  private final Set<Section> waiting = new HashSet<>();
  private final Set<Thread> atWork = new HashSet<>();
  private Throwable failure;

  Flight(Executor threads) {
    this.threads = threads;
  }

  /** Something to be sent. */
  interface Task {
    void run() throws StoreException;
  }

  /** A task, known by its identity, and what is run once nothing of it is held any more. */
  private static final class Section {
    private final Runnable end;
    private Task task;

    Section(Task task, Runnable end) {
      this.task = task;
      this.end = end;
    }
  }

  /** Lets another thread send; {@code end} is run in any case, soon after a failure too. */
  void start(Task task, Runnable end) throws StoreException {
    Section section = new Section(task, end);
    synchronized (this) {
      waiting.add(section);
      if (failure != null) {
        withdraw(section);
      }
    }
    check();
    try {
      threads.execute(() -> run(section));
    } catch (RejectedExecutionException e) {
      withdraw(section);
      throw new StoreException(Kind.UNAVAILABLE, "the program is being ended", e);
    } catch (RuntimeException | Error e) {
      withdraw(section);
      throw e;
    }
  }

  private void run(Section section) {
    Task task = begin(section);
    if (task == null) {
      return;
    }
    Throwable failed = null;
    try {
      task.run();
    } catch (Throwable e) { // whatever it is, the thread that puts gets it
      failed = e;
    }
    finish(section, failed);
  }

  /** What is to be run; null when that was withdrawn. */
  private synchronized Task begin(Section section) {
    if (waiting.remove(section)) {
      atWork.add(Thread.currentThread());
    }
    Task task = section.task;
    section.task = null;
    return task;
  }

  private synchronized void finish(Section section, Throwable failed) {
    Thread thread = Thread.currentThread();
    atWork.remove(thread);
    if (thread != putting) {
      // That was meant for this task, not for the thread's next one.
      Thread.interrupted();
    }
    section.end.run();
    if (failed != null) {
      fail(failed);
    }
    notifyAll();
  }

  /** What has not begun need not be waited for: its turn may be far away, or never come. */
  private synchronized void withdraw(Section section) {
    if (waiting.remove(section)) {
      section.task = null; // the executor's queue may hold the section for long
      section.end.run();
    }
  }

  private synchronized void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
      Set.copyOf(waiting).forEach(this::withdraw);
      atWork.stream().filter(thread -> thread != putting).forEach(Thread::interrupt);
    }
  }

  /** Throws what has failed so far, in whichever thread; an interrupt of the one that puts too. */
  synchronized void check() throws StoreException {
    if (failure == null && putting.isInterrupted()) {
      fail(interrupted(null));
    }
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

  /**
   * Stops them because the thread that puts has failed, and waits for their end.
   *
   * @throws StoreException what one of them had failed with before
   */
  void stop(Throwable cause) throws StoreException {
    fail(cause);
    awaitEnd();
    check();
  }

  private synchronized void awaitEnd() {
    boolean interrupted = false;
    while (!waiting.isEmpty() || !atWork.isEmpty()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
        fail(interrupted(e));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static StoreException interrupted(InterruptedException e) {
    return new StoreException(Kind.UNAVAILABLE, "interrupted", e);
  }
}
