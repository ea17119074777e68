package io.coldstream.core.support.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WorkersTest {

  private final ExecutorService pool = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    pool.shutdownNow();
  }

  @Test
  void resultsAreInTheOrderOfTheTasks() throws Exception {
    List<Workers.Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int value = i;
      tasks.add(() -> value);
    }
    assertThat(new Workers(pool, 3).all(tasks))
        .isEqualTo(IntStream.range(0, 50).boxed().toList());
    assertThat(new Workers(pool, 3).<Integer>all(List.of())).isEmpty();
  }

  @Test
  void tasksRunInParallelUpToTheLimit() throws Exception {
    CyclicBarrier allThree = new CyclicBarrier(3);
    AtomicInteger running = new AtomicInteger();
    Workers.Task<Integer> task = () -> {
      int now = running.incrementAndGet();
      try {
        allThree.await();
      } catch (BrokenBarrierException e) {
        throw new IOException(e);
      }
      running.decrementAndGet();
      return now;
    };
    List<Integer> seen = new Workers(pool, 3).all(Collections.nCopies(9, task));
    assertThat(Collections.max(seen)).isLessThanOrEqualTo(3);
  }

  @Test
  void theFirstFailureStopsTheRestAndWaitsForThem() {
    CountDownLatch started = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicBoolean begunAfter = new AtomicBoolean();
    Workers.Task<Void> waits = () -> {
      started.countDown();
      try {
        new CountDownLatch(1).await();
      } finally {
        ended.set(true);
      }
      return null;
    };
    Workers.Task<Void> fails = () -> {
      started.await();
      throw new IOException("broken");
    };
    Workers.Task<Void> later = () -> {
      begunAfter.set(true);
      return null;
    };
    assertThatThrownBy(() -> new Workers(pool, 2).all(List.of(waits, fails, later)))
        .isInstanceOf(IOException.class)
        .hasMessage("broken");
    assertThat(ended).isTrue();
    assertThat(begunAfter).isFalse();
  }

  @Test
  void aPoolThatTakesOnlyAPartOfTheWorkIsAFailureThatWaitsForThatPart() {
    AtomicInteger given = new AtomicInteger();
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch started = new CountDownLatch(1);
    Executor closing = task -> {
      if (given.incrementAndGet() == 2) {
        awaitQuietly(started);
        throw new RejectedExecutionException("closed");
      }
      pool.execute(task);
    };
    Workers.Task<Void> waits = () -> {
      started.countDown();
      try {
        new CountDownLatch(1).await();
      } finally {
        ended.set(true);
      }
      return null;
    };
    assertThatThrownBy(() -> new Workers(closing, 3).all(List.of(waits, waits, waits)))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("closed");
    assertThat(ended).isTrue();
    assertThat(given).hasValue(2);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anInterruptStopsAll() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Workers.Task<Void> waits = () -> {
      started.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.set(true);
        throw e;
      }
      return null;
    };
    Thread caller = Thread.currentThread();
    pool.execute(() -> {
      try {
        started.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      caller.interrupt();
    });
    assertThatThrownBy(() -> new Workers(pool, 2).all(List.of(waits)))
        .isInstanceOf(InterruptedException.class);
    assertThat(interrupted).isTrue();
  }

  @Test
  @Timeout(30)
  void anInterruptAfterAFailureIsNotHidden() {
    CountDownLatch started = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    Workers.Task<Void> endsSlowly = () -> {
      started.countDown();
      awaitQuietly(new CountDownLatch(1));
      // The other one has failed, and the caller waits for this one.
      caller.interrupt();
      while (caller.isInterrupted()) {
        Thread.onSpinWait();
      }
      return null;
    };
    Workers.Task<Void> fails = () -> {
      started.await();
      throw new IOException("broken");
    };
    assertThatThrownBy(() -> new Workers(pool, 2).all(List.of(endsSlowly, fails)))
        .isInstanceOf(IOException.class)
        .hasMessage("broken");
    assertThat(Thread.interrupted()).isTrue();
  }
}
