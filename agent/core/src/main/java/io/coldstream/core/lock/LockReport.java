package io.coldstream.core.lock;

import io.coldstream.core.support.failure.RunException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run did about locks.
 *
 * @param ends until when each kept backup is locked, by its number; missing for one with an object
 *     that could not be locked, and never was
 * @param backups how many backups are kept
 * @param due how many of them had locks that ended within the margin
 * @param extended how many locks were extended
 * @param refusals the objects whose locks could not be extended, in the order of their names
 * @param duration how long it took
 */
public record LockReport(
    Map<Long, Instant> ends,
    long backups,
    long due,
    long extended,
    List<LockRefusal> refusals,
    Duration duration) {

  /** Copies the collections. */
  public LockReport {
    ends = Map.copyOf(ends);
    refusals = List.copyOf(refusals);
  }

  /**
   * Ends a run in which locks could not be extended.
   *
   * @throws RunException with the first reason
   */
  public void requireGood() throws RunException {
    if (refusals.isEmpty()) {
      return;
    }
    RunException first = RunException.of(refusals.get(0).failure());
    throw new RunException(
        first.kind(),
        refusals.size() + " locks could not be extended; the first: " + first.getMessage(),
        first);
  }

  /**
   * Until when all kept backups are safe.
   *
   * @return the earliest end; empty when a backup has none
   */
  public Optional<Instant> safeUntil() {
    return ends.size() < backups
        ? Optional.empty()
        : ends.values().stream().min(Instant::compareTo);
  }
}
