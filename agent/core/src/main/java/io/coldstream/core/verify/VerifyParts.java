package io.coldstream.core.verify;

import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.work.Workers;
import io.coldstream.core.verify.history.Author;
import io.coldstream.store.spi.Permission;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/**
 * What a verification works with.
 *
 * @param workers read objects
 * @param clock the time
 * @param listener receives the progress
 * @param author who verifies
 * @param permissions the provider's name of a permission
 * @param saving how often a long run stores what it has read
 */
public record VerifyParts(
    Workers workers,
    Clock clock,
    RunListener listener,
    Author author,
    Function<Permission, String> permissions,
    Saving saving) {

  /**
   * How often a long run stores what it has read so far.
   *
   * @param after not before so much time has passed since the last time
   * @param objects not before so many objects have been read
   */
  public record Saving(Duration after, int objects) {

    /** Often enough that a killed run loses little, and seldom enough that there are few results. */
    public static final Saving USUAL = new Saving(Duration.ofMinutes(5), 64);
  }
}
