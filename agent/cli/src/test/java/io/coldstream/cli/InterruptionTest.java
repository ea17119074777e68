package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InterruptionTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Interruption of(Thread run, Duration patience) {
    return new Interruption(run, patience, new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void aRunUnderWayIsInterruptedAndWaitedFor() throws InterruptedException {
    CountDownLatch ready = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Interruption[] interruption = new Interruption[1];
    Thread run = new Thread(() -> {
      try {
        ready.await();
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        ended.countDown();
        interruption[0].over();
      }
    });
    interruption[0] = of(run, Duration.ofMinutes(5));
    run.start();
    ready.countDown();

    interruption[0].onShutdown();

    assertThat(ended.getCount()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    run.join();
  }

  @Test
  void aRunThatDoesNotEndIsCutOffWithAWord() {
    Thread neverStarted = new Thread(() -> {});

    of(neverStarted, Duration.ofMillis(1)).onShutdown();

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("is killed", "reuses what was transferred");
  }

  @Test
  void afterTheEndNobodyIsInterrupted() {
    Interruption interruption = of(Thread.currentThread(), Duration.ofMinutes(5));
    interruption.over();

    interruption.onShutdown();

    assertThat(Thread.interrupted()).isFalse();
  }
}
