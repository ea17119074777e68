package io.coldstream.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.coldstream.core.points.ClockStep;
import io.coldstream.core.points.DiscardedEnd;
import io.coldstream.core.points.LogStretch;
import io.coldstream.core.points.LogStretch.Ends;
import io.coldstream.core.points.RestoreCost;
import io.coldstream.core.points.RestorePoints;
import io.coldstream.store.decorate.StoreMetrics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The result of {@code restore-points} in {@code json-output.md}. */
record RestorePointsResult(
    String repository,
    long newestBackup,
    List<Stretch> stretches,
    List<Discarded> discardedEnds,
    @JsonUnwrapped Clocks clocks,
    @JsonUnwrapped Asked asked,
    List<String> notes) {

  /** A stretch of the newest backup's history. */
  record Stretch(
      long from,
      long to,
      @JsonInclude(Include.ALWAYS) Optional<Instant> fromTime,
      @JsonInclude(Include.ALWAYS) Optional<Instant> toTime,
      @JsonInclude(Include.ALWAYS) Optional<List<Long>> onlyAt,
      @JsonUnwrapped Backups backups,
      @JsonUnwrapped Cost cost) {

    static Stretch of(LogStretch stretch) {
      return new Stretch(
          stretch.from(),
          stretch.to(),
          stretch.fromTime(),
          stretch.toTime(),
          stretch.ends() instanceof Ends.OfScavengedChunks scavenged
              ? Optional.of(scavenged.positions())
              : Optional.empty(),
          new Backups(stretch.firstBackup(), stretch.lastBackup()),
          Cost.of(stretch.cost()));
    }
  }

  /** From which backups a stretch is restored. */
  record Backups(long firstBackup, long lastBackup) {}

  /** What a restore fetches. */
  record Cost(long chunkBytes, @JsonInclude(Include.ALWAYS) Optional<Long> indexBytes) {

    static Cost of(RestoreCost cost) {
      return new Cost(
          cost.chunkBytes(),
          cost.indexBytes().isPresent()
              ? Optional.of(cost.indexBytes().getAsLong())
              : Optional.empty());
    }
  }

  /** The end of a backup that the newest one's history does not hold. */
  record Discarded(
      long sequence,
      long position,
      long end,
      Instant endTime,
      long discardedBy,
      @JsonUnwrapped Cost cost) {

    static Discarded of(DiscardedEnd end) {
      return new Discarded(
          end.tail().sequence(),
          end.tail().position(),
          end.tail().end(),
          end.time(),
          end.tail().discardedBy(),
          Cost.of(end.cost()));
    }
  }

  /** What the times of the chunks' last records say. */
  record Clocks(long chunks, long comparedChunks, List<ClockStep> clockSteps) {}

  /** What finding the points asked of the store. */
  record Asked(long requests, long readBytes) {}

  static RestorePointsResult of(String repository, RestorePoints points, StoreMetrics asked) {
    return new RestorePointsResult(
        repository,
        points.newestBackup(),
        points.stretches().stream().map(Stretch::of).toList(),
        points.discarded().stream().map(Discarded::of).toList(),
        new Clocks(
            points.clock().chunks(), points.clock().read(), points.clock().steps()),
        new Asked(requests(asked), asked.receivedBytes()),
        points.notes());
  }

  /** Every call of every verb. */
  static long requests(StoreMetrics asked) {
    return asked.verbs().values().stream().mapToLong(StoreMetrics.OfVerb::calls).sum();
  }
}
