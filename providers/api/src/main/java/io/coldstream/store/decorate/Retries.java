package io.coldstream.store.decorate;

import io.coldstream.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides after each failed attempt whether there is another one, and waits for it. */
final class Retries {

  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

  private final RetryPolicy policy;
  private final RandomGenerator random;
  private final Pause pause;

  Retries(RetryPolicy policy, RandomGenerator random, Pause pause) {
    this.policy = policy;
    this.random = random;
    this.pause = pause;
  }

  /** One attempt at a call. */
  interface Attempt<T> {
    T make() throws StoreException;
  }

  /** Tries a call until it is answered or given up. */
  <T> T call(Attempt<T> attempt) throws StoreException {
    return new Series().call(attempt);
  }

  /** The attempts at one call. Not thread-safe. */
  final class Series {
    private final List<StoreException> earlier = new ArrayList<>();
    private int failures;
    private Duration waited = Duration.ZERO;

    <T> T call(Attempt<T> attempt) throws StoreException {
      while (true) {
        try {
          return attempt.make();
        } catch (StoreException e) {
          waitAfter(e);
        }
      }
    }

    /**
     * There was progress: the count of attempts starts again, the time that was waited still
     * counts.
     */
    void progressed() {
      failures = 0;
      earlier.clear();
    }

    /** Returns when another attempt is due, else throws the failure. */
    void waitAfter(StoreException failure) throws StoreException {
      failures++;
      if (failure.kind() != StoreException.Kind.UNAVAILABLE
          || Thread.currentThread().isInterrupted()) {
        throw withEarlier(failure);
      }
      if (failures >= policy.attempts()) {
        throw givenUp(
            failure, "gave up after " + failures + (failures == 1 ? " attempt" : " attempts"));
      }
      Duration left = policy.patience().minus(waited);
      Duration asked = failure.retryAfter().orElse(Duration.ZERO);
      if (left.isZero() || asked.compareTo(left) > 0) {
        throw givenUp(
            failure,
            "gave up after attempt " + failures + ", having waited " + waited.toMillis() + " ms"
                + (asked.isZero() ? "" : "; the store asks for " + asked.toMillis() + " ms more"));
      }
      Duration wait = least(left, longer(asked, jittered(policy.bound(failures))));
      LOG.debug(
          "attempt {} of {} failed ({}): {}; the next one follows in {} ms",
          failures,
          policy.attempts(),
          failure.kind(),
          failure.getMessage(),
          wait.toMillis());
      try {
        pause.pause(wait);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw givenUp(failure, "interrupted while waiting for attempt " + (failures + 1));
      }
      waited = waited.plus(wait);
      earlier.add(failure);
    }

    private StoreException givenUp(StoreException last, String why) {
      StoreException failure = new StoreException(
          last.kind(), last.getMessage() + " (" + why + ")", last, last.retryAfter());
      return withEarlier(failure);
    }

    private StoreException withEarlier(StoreException failure) {
      earlier.stream().filter(e -> e != failure).forEach(failure::addSuppressed);
      return failure;
    }
  }

  /** Anything from nothing to the bound: spreads clients that failed together. */
  private Duration jittered(Duration bound) {
    return Duration.ofNanos(random.nextLong(bound.toNanos() + 1));
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
