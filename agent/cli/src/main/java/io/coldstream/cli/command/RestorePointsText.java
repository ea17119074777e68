package io.coldstream.cli.command;

import io.coldstream.cli.output.Advice;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.ShellCommand;
import io.coldstream.core.points.ClockStep;
import io.coldstream.core.points.DiscardedEnd;
import io.coldstream.core.points.LogStretch;
import io.coldstream.core.points.LogStretch.Ends;
import io.coldstream.core.points.RestoreCost;
import io.coldstream.core.points.RestorePoints;
import io.coldstream.store.decorate.StoreMetrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Formats the points that can be restored as text. */
final class RestorePointsText {

  /** Of more positions only the first ones are printed. */
  private static final int MAX_POSITIONS = 4;

  private final RestorePoints points;
  private final StoreMetrics asked;
  private final Invocation given;

  /**
   * The text of a report.
   *
   * @param asked what finding the points asked of the store
   * @param given the command
   */
  RestorePointsText(RestorePoints points, StoreMetrics asked, Invocation given) {
    this.points = points;
    this.asked = asked;
    this.given = given;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    points.notes().forEach(note -> lines.add("note: " + note));
    lines.add("history of backup " + points.newestBackup() + ", the newest");
    points.stretches().forEach(stretch -> addStretch(lines, stretch));
    lines.add("");
    lines.add("not in a backup: what was written after " + Formats.option(points.time()));
    for (DiscardedEnd end : points.discarded()) {
      lines.add("");
      lines.addAll(advice(end).lines(""));
    }
    if (!points.clock().steps().isEmpty()) {
      lines.add("");
    }
    points.clock().steps().forEach(step -> lines.add(clock(step)));
    lines.add("");
    lines.add(Formats.count(RestorePointsResult.requests(asked), "request") + ", "
        + Formats.size(asked.receivedBytes()) + " read; the times of "
        + points.clock().read()
        + " of " + Formats.count(points.clock().chunks(), "chunk") + " were compared");
    return lines;
  }

  /** {@return the commands among the lines} */
  List<ShellCommand> commands() {
    return points.discarded().stream()
        .flatMap(end -> advice(end).command().stream())
        .toList();
  }

  private static void addStretch(List<String> lines, LogStretch stretch) {
    lines.add("");
    lines.add("  positions      " + Formats.position(stretch.from()) + " to "
        + Formats.position(stretch.to()));
    lines.add("  times          " + time(stretch.fromTime()) + " to " + time(stretch.toTime()));
    lines.add("  can be cut     " + cuts(stretch.ends()));
    lines.add("  restored from  "
        + (stretch.firstBackup() == stretch.lastBackup()
            ? "backup " + stretch.firstBackup()
            : "backups " + stretch.firstBackup() + " to " + stretch.lastBackup()));
    lines.add("  its end needs  " + cost(stretch.cost()));
  }

  private static String cuts(Ends ends) {
    if (ends instanceof Ends.OfScavengedChunks scavenged) {
      List<Long> positions = scavenged.positions();
      int more = positions.size() - MAX_POSITIONS;
      return "only at "
          + positions.stream()
              .limit(MAX_POSITIONS)
              .map(Formats::position)
              .collect(Collectors.joining(", "))
          + (more > 0 ? " and " + more + " more positions (--json)" : "")
          + ": no backup holds it from before its scavenge";
    }
    return "after every complete write: --at or --position";
  }

  private static String time(Optional<Instant> time) {
    return time.map(Formats::option).orElse("(not read)");
  }

  private static String cost(RestoreCost cost) {
    return Formats.size(cost.chunkBytes()) + " of chunks, "
        + (cost.indexBytes().isPresent()
            ? Formats.size(cost.indexBytes().getAsLong()) + " of index"
            : "and the server rebuilds the index");
  }

  private Advice advice(DiscardedEnd end) {
    long sequence = end.tail().sequence();
    return new Advice(
        "Beside this history: backup " + sequence + " holds positions "
            + Formats.position(end.tail().position()) + " to "
            + Formats.position(end.tail().end()) + ", up to " + Formats.option(end.time())
            + ". Backup " + end.tail().discardedBy() + " continues without them. Of these only the"
            + " end can be restored: " + cost(end.cost())
            + ". For that, run (with an empty directory for DIR)",
        given
            .of("restore")
            .with("--to", "DIR")
            .with("--backup", Long.toString(sequence))
            .command());
  }

  private static String clock(ClockStep step) {
    return "clock: the time goes back from " + Formats.option(step.before()) + " at position "
        + Formats.position(step.from()) + " to " + Formats.option(step.after()) + " at position "
        + Formats.position(step.to()) + ". In between, prefer --position to --at";
  }
}
