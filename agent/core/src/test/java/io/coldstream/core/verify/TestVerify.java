package io.coldstream.core.verify;

import io.coldstream.core.repository.Repository;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import io.coldstream.core.verify.history.Author;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Runs verifications one after the other, each an hour after the one before. */
public final class TestVerify {

  public static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

  private final List<String> warnings = new ArrayList<>();
  private VerifyParts.Saving saving = VerifyParts.Saving.USUAL;
  private Duration tick = Duration.ZERO;
  private Instant now = BEGIN;
  private String host = "host";

  /** A long run stores what it has read after each of so many objects. */
  public TestVerify savingAfter(int objects) {
    saving = new VerifyParts.Saving(Duration.ofNanos(1), objects);
    tick = Duration.ofSeconds(1);
    return this;
  }

  /** Runs on another machine. */
  public TestVerify on(String name) {
    host = name;
    return this;
  }

  /** Lets time pass. */
  public TestVerify wait(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** What the runs warned of. */
  public List<String> warnings() {
    return warnings;
  }

  public Instant now() {
    return now;
  }

  public VerifyReport run(Repository repository, VerifyOptions options) throws RunException {
    try {
      return new VerifyRun(parts()).run(repository, options);
    } finally {
      wait(Duration.ofHours(1));
    }
  }

  private VerifyParts parts() {
    return new VerifyParts(
        new Workers(Runnable::run, 1),
        new Ticking(),
        event -> {
          if (event instanceof RunEvent.Warning warning) {
            warnings.add(warning.text());
          }
        },
        new Author(host, "test"),
        permission -> "permission to " + permission,
        saving);
  }

  /** Moves on each time it is looked at. */
  private final class Ticking extends Clock {

    @Override
    public Instant instant() {
      now = now.plus(tick);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
