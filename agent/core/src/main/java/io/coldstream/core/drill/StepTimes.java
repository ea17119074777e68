package io.coldstream.core.drill;

import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.events.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Measures the steps of a run, and passes every event on. Thread-safe. */
final class StepTimes implements RunListener {

  private final Clock clock;
  private final RunListener next;
  private final List<StepTime> done = new ArrayList<>();
  private Step current;
  private Instant begun;

  StepTimes(Clock clock, RunListener next) {
    this.clock = clock;
    this.next = next;
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.StepStarted started) {
      begin(started.step());
    }
    next.on(event);
  }

  private synchronized void begin(Step step) {
    Instant now = clock.instant();
    end(now);
    current = step;
    begun = now;
  }

  private void end(Instant now) {
    if (current != null) {
      done.add(new StepTime(current, Duration.between(begun, now)));
    }
  }

  /** Ends the last step. */
  synchronized void end() {
    end(clock.instant());
    current = null;
  }

  /** The step that runs. */
  synchronized Step current() {
    return current;
  }

  /** The steps that have ended, in their order. */
  synchronized List<StepTime> all() {
    return List.copyOf(done);
  }
}
