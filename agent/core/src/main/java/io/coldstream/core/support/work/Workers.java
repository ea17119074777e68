package io.coldstream.core.support.work;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

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
   * Does all, begun in the order given.
   *
   * @param tasks what to do; after a failure the running ones are interrupted and no other starts
   * @param <T> what a task gives
   * @return the results, in the order of the tasks
   * @throws Exception the first failure, after every running task has ended, since it may hold
   *     files; an {@link InterruptedException} when this thread was interrupted; what the pool threw
   *     when it did not take the work
   */
  public <T> List<T> all(List<? extends Callable<? extends T>> tasks) throws Exception {
    Batch<T> batch = new Batch<>(tasks);
    int threads = Math.min(parallel, tasks.size());
    for (int i = 0; i < threads; i++) {
      batch.enter();
      try {
        pool.execute(batch);
      } catch (RuntimeException
          | Error e) { // the pool is closed or full, or there is no thread left
        batch.refused(e);
        break;
      }
    }
    return batch.results();
  }
}
