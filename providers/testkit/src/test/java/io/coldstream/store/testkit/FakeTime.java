package io.coldstream.store.testkit;

import io.coldstream.store.decorate.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only where somebody waits. Begins where a clock of nanoseconds is about to wrap. */
final class FakeTime implements Pause {

  private final List<Duration> waits = new ArrayList<>();
  private final long begun = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();
  private long now = begun;

  synchronized long nanos() {
    return now;
  }

  synchronized Duration passed() {
    return Duration.ofNanos(now - begun);
  }

  synchronized void pass(Duration time) {
    now += time.toNanos();
  }

  synchronized List<Duration> waits() {
    return List.copyOf(waits);
  }

  @Override
  public synchronized void pause(Duration wait) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    waits.add(wait);
    pass(wait);
  }
}
