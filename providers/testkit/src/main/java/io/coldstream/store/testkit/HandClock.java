package io.coldstream.store.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock in UTC that goes on when a test says so. Thread-safe. */
public final class HandClock extends Clock {

  private volatile Instant now;

  /**
   * A clock.
   *
   * @param now what it shows at first
   */
  public HandClock(Instant now) {
    this.now = now;
  }

  /**
   * Goes on.
   *
   * @param time by how much
   */
  public void advance(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new IllegalArgumentException("always " + ZoneOffset.UTC + ", not " + zone);
  }
}
