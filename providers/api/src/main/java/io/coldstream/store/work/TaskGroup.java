package io.coldstream.store.work;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Tasks that belong together: the first failure cancels the rest, and is thrown to the owner, the
 * thread that made this and waits for all. All fields are guarded by this.
 *
 * @param <X> what the tasks throw
 */
public final class TaskGroup<X extends Exception> {

  private final Executor threads;
  private final Thread owner = Thread.currentThread();
  private final Set<Entry<X>> waiting = new HashSet<>();
  private final Set<Thread> atWork = new HashSet<>();
  private Throwable failure;

  /**
   * An empty group, owned by this thread.
   *
   * @param threads run the tasks; not ended here
   */
  public TaskGroup(Executor threads) {
    this.threads = threads;
  }

  /**
   * Something to be done.
   *
   * @param <X> what it throws
   */
  public interface Task<X extends Exception> {

    /**
     * Does it.
     *
     * @throws X what it fails with
     * @throws InterruptedException when it is stopped
     */
    void run() throws X, InterruptedException;
  }

  /** A task, known by its identity, and what is run once nothing of it is held any more. */
  private static final class Entry<X extends Exception> {
    private final Runnable end;
    private Task<X> task;

    Entry(Task<X> task, Runnable end) {
      this.task = task;
      this.end = end;
    }
  }

  /**
   * Hands a task to another thread, unless something has failed already. That the threads do not take
   * it, because they were ended or are full, is a failure of the group too.
   *
   * @param task what to do
   * @param end is run in any case, when the task has ended or will never begin; must not throw
   */
  public void start(Task<X> task, Runnable end) {
    Entry<X> entry = new Entry<>(task, end);
    synchronized (this) {
      waiting.add(entry);
      if (failure != null) {
        withdraw(entry);
        return;
      }
    }
    try {
      threads.execute(() -> run(entry));
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void run(Entry<X> entry) {
    Task<X> task = begin(entry);
    if (task == null) {
      return;
    }
    Throwable failed = null;
    try {
      task.run();
    } catch (Throwable e) { // whatever it is, the owner gets it
      failed = e;
    }
    finish(entry, failed);
  }

  /** What is to be run; null when that was withdrawn. */
  private synchronized Task<X> begin(Entry<X> entry) {
    if (waiting.remove(entry)) {
      atWork.add(Thread.currentThread());
    }
    Task<X> task = entry.task;
    entry.task = null;
    return task;
  }

  private synchronized void finish(Entry<X> entry, Throwable failed) {
    Thread thread = Thread.currentThread();
    atWork.remove(thread);
    if (thread != owner) {
      // That was meant for this task, not for the thread's next one.
      Thread.interrupted();
    }
    entry.end.run();
    if (failed != null) {
      fail(failed);
    }
    notifyAll();
  }

  /** What has not begun need not be waited for: its turn may be far away, or never come. */
  private synchronized void withdraw(Entry<X> entry) {
    if (waiting.remove(entry)) {
      entry.task = null; // the executor's queue may hold the entry for long
      entry.end.run();
    }
  }

  private synchronized void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
      Set.copyOf(waiting).forEach(this::withdraw);
      atWork.stream().filter(thread -> thread != owner).forEach(Thread::interrupt);
    }
  }

  /**
   * Throws what has failed so far, in whichever thread.
   *
   * @throws X what a task has failed with
   * @throws InterruptedException when the owner was interrupted; its flag is clear then
   */
  public synchronized void check() throws X, InterruptedException {
    if (failure == null && owner.isInterrupted()) {
      fail(new InterruptedException());
    }
    if (failure != null) {
      if (failure instanceof InterruptedException && Thread.currentThread() == owner) {
        Thread.interrupted();
      }
      throwAs(failure);
    }
  }

  /** What fails is an X, an interrupt, or unchecked: nothing else gets here. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void throwAs(Throwable failure) throws E {
    throw (E) failure;
  }

  /**
   * Waits for the end of all; an interrupt stops them.
   *
   * @throws X what a task failed with first; the flag of an interrupted owner is set then
   * @throws InterruptedException when the owner was interrupted before; its flag is clear then
   */
  public void join() throws X, InterruptedException {
    awaitEnd();
    check();
  }

  /**
   * Stops them because the owner has failed, and waits for their end.
   *
   * @param cause what the owner has failed with: an X, an interrupt, or unchecked
   * @throws X what failed first, which may be the cause
   * @throws InterruptedException when an interrupt of the owner came first; its flag is clear then
   */
  public void stop(Throwable cause) throws X, InterruptedException {
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
        fail(e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
