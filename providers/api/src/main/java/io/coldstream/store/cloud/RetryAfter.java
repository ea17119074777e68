package io.coldstream.store.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long an answer asks the client to wait. It says so in seconds, or by a date, which counts from
 * the answer's own date: this machine's clock does not matter.
 */
public final class RetryAfter {

  private RetryAfter() {}

  /**
   * Reads the header.
   *
   * @param asked the answer's {@code Retry-After}
   * @param date the answer's {@code Date}
   * @return how long; empty when there is no such header, or one that cannot be read
   */
  public static Optional<Duration> in(Optional<String> asked, Optional<String> date) {
    if (asked.isPresent() && asked.get().matches("\\d{1,6}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(asked.get())));
    }
    Optional<Instant> until = DateHeader.time(asked);
    Optional<Instant> now = DateHeader.time(date);
    if (until.isEmpty() || now.isEmpty() || until.get().isBefore(now.get())) {
      return Optional.empty();
    }
    return Optional.of(Duration.between(now.get(), until.get()));
  }
}
