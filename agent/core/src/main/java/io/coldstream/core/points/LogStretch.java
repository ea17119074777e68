package io.coldstream.core.points;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of the log in which restores end in one way.
 *
 * @param from where it begins: a restore can end above that
 * @param to where it ends: a restore can end there
 * @param fromTime the time of the first record above {@code from}, or of the last one below; empty
 *     when it was not read
 * @param toTime the time of the last record below {@code to}; empty when it was not read
 * @param ends where in it a restore can end
 * @param firstBackup the backup from which the lowest of these points are restored
 * @param lastBackup the backup from which the highest of these points are restored
 * @param cost what a restore to {@code to} fetches
 */
public record LogStretch(
    long from,
    long to,
    Optional<Instant> fromTime,
    Optional<Instant> toTime,
    Ends ends,
    long firstBackup,
    long lastBackup,
    RestoreCost cost) {

  /** Where in a stretch a restore can end. */
  public sealed interface Ends {

    /** At every safe cut. */
    record Anywhere() implements Ends {}

    /**
     * At some positions only: a scavenged chunk cannot be cut inside.
     *
     * @param positions the ends of the stretch's chunks, the last one the end of the stretch
     */
    record OfScavengedChunks(List<Long> positions) implements Ends {

      /** Copies the list. */
      public OfScavengedChunks {
        positions = List.copyOf(positions);
      }
    }
  }

  /** Whether a later stretch continues this one in the same way. */
  boolean isContinuedBy(LogStretch next) {
    return to == next.from && ends.getClass() == next.ends.getClass();
  }

  /** This stretch and the one that continues it. */
  LogStretch with(LogStretch next) {
    return new LogStretch(
        from, next.to, fromTime, next.toTime, both(next), firstBackup, next.lastBackup, next.cost);
  }

  private Ends both(LogStretch next) {
    if (ends instanceof Ends.OfScavengedChunks mine
        && next.ends instanceof Ends.OfScavengedChunks others) {
      List<Long> positions = new ArrayList<>(mine.positions());
      positions.addAll(others.positions());
      return new Ends.OfScavengedChunks(positions);
    }
    return ends;
  }

  LogStretch timed(Optional<Instant> newFrom, Optional<Instant> newTo) {
    return new LogStretch(from, to, newFrom, newTo, ends, firstBackup, lastBackup, cost);
  }

  LogStretch costing(RestoreCost other) {
    return new LogStretch(from, to, fromTime, toTime, ends, firstBackup, lastBackup, other);
  }
}
