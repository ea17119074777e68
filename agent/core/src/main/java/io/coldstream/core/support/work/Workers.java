package io.coldstream.core.support.work;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.work.TaskGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does several things at once, a bounded number at a time: the first failure stops the rest.
 *
 * <p>The caller owns the threads. Thread-safe, as far as the pool is.
 */
public final class Workers {

  private final Executor pool;
  private final int parallel;

  /**
   * Workers on a pool.
   *
   * @param pool where the work runs; has at least {@code parallel} threads; not ended here
   * @param parallel how many things at once, 1 or more
   */
  public Workers(Executor pool, int parallel) {
    if (parallel < 1) {
      throw new IllegalArgumentException("parallel " + parallel);
    }
    this.pool = pool;
    this.parallel = parallel;
  }

  /**
   * Something to be done.
   *
   * @param <T> what it gives
   */
  public interface Task<T> {

    /** Does it; throws what the steps of a run throw. */
    T run() throws IOException, RunException, InterruptedException;
  }

  /**
   * Does all, begun in the order given.
   *
   * @param tasks what to do; after a failure the running ones are interrupted and no other starts
   * @param <T> what a task gives
   * @return the results, in the order of the tasks
   * @throws IOException the first failure, after every running task has ended, since it may hold files
   * @throws RunException the first failure, in the same way
   * @throws InterruptedException when this thread was interrupted
   * @throws java.util.concurrent.RejectedExecutionException when the pool did not take the work
   */
  public <T> List<T> all(List<Task<T>> tasks)
      throws IOException, RunException, InterruptedException {
    List<T> results =
        Collections.synchronizedList(new ArrayList<>(Collections.nCopies(tasks.size(), null)));
    TaskGroup<Exception> group = new TaskGroup<>(pool);
    AtomicInteger next = new AtomicInteger();
    TaskGroup.Task<Exception> untilNoneIsLeft = () -> {
      for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
        group.check();
        results.set(i, tasks.get(i).run());
      }
    };
    for (int i = 0; i < Math.min(parallel, tasks.size()); i++) {
      group.start(untilNoneIsLeft, () -> {});
    }
    try {
      group.join();
    } catch (IOException | RunException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("no task throws this", e);
    }
    return results;
  }
}
