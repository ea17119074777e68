package io.coldstream.cli.command;

import io.coldstream.cli.output.ChunkSize;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.RecordText;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.plan.CheckpointMode;
import io.coldstream.core.restore.plan.CutRecords;
import io.coldstream.core.restore.plan.PlannedFile;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.restore.target.SpaceNeed;
import io.coldstream.store.decorate.StoreMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a restore says of itself before its notes and next steps. */
final class RestoreSummary {

  private final RestoreReport report;
  private final RestorePlan plan;
  private final Path to;

  RestoreSummary(RestoreReport report, Path to) {
    this.report = report;
    this.plan = report.plan();
    this.to = to;
  }

  /**
   * The whole plan: every file, the checkpoints, what it costs, and what a server will do.
   *
   * @param took how long the plan took
   * @param estimate how long the download takes, where that was measured
   * @param asked what the plan asked of the store
   */
  List<String> plan(Duration took, Optional<DownloadEstimate> estimate, StoreMetrics asked) {
    List<String> lines = new ArrayList<>(plan.lines(Formats::size));
    lines.add("");
    lines.addAll(lines(took));
    lines.add("  to download    " + Formats.size(report.missingBytes()) + "; "
        + estimate
            .map(RestoreSummary::estimate)
            .orElse("no time estimate: the plan read only " + Formats.size(asked.receivedBytes())));
    for (SpaceNeed need : report.space()) {
      lines.add("  space          " + need.folder() + " needs " + Formats.size(need.neededBytes())
          + " and has " + Formats.size(need.freeBytes()) + " free");
    }
    lines.add("  first start    " + firstStart());
    lines.add("  owner          " + owner());
    Stream.concat(plan.notes().stream(), ChunkSize.of(plan.backup()).advice().stream())
        .forEach(note -> lines.add("  note           " + note));
    return lines;
  }

  private static String estimate(DownloadEstimate estimate) {
    return "at most " + Formats.duration(estimate.duration()) + " at "
        + Formats.size(estimate.bytesPerSecond()) + "/s, measured on the "
        + Formats.size(estimate.measuredBytes()) + " that the plan read with one request at a time";
  }

  private String firstStart() {
    String index = plan.keepsIndex()
        ? "the server uses the restored index and adds what the log holds beyond it"
        : "the server rebuilds the index, which takes " + RestoreSteps.rebuild(logBytes())
            + " when the log is in memory";
    return plan.checkpointMode() == CheckpointMode.DIRECT
        ? "one start; " + index
        : "up to 23.10 one start; from 24.6 on two: the first truncates the log and exits with"
            + " code 0; then " + index;
  }

  private String owner() {
    return "the files will belong to " + report.owner()
        + (report.owner().isRoot() ? " (root); --owner gives them to another user" : "");
  }

  private long logBytes() {
    return plan.files().stream()
        .filter(file -> file.place() == PlannedFile.Place.DATABASE)
        .mapToLong(PlannedFile::diskBytes)
        .sum();
  }

  /** {@return the outcome, and what was restored} */
  List<String> lines(Duration took) {
    List<String> lines = new ArrayList<>();
    lines.add(outcome());
    lines.add("  log ends at    position " + Formats.position(plan.position())
        + plan.positionTime().map(t -> ", last record of " + Formats.time(t)).orElse(""));
    lines.addAll(cut());
    lines.add("  checkpoints    " + plan.checkpointMode());
    lines.add("  files          " + Formats.count(plan.files().size(), "file") + ", "
        + Formats.size(plan.bytes())
        + (report.outcome() == RestoreReport.Outcome.RESTORED
            ? ", of which " + Formats.size(report.fetchedBytes()) + " fetched now"
            : ""));
    if (report.reusedBytes() > 0) {
      lines.add("  reused         " + Formats.size(report.reusedBytes()) + " from the target");
    }
    lines.add("  chunk size     " + ChunkSize.of(plan.backup()).text());
    lines.add("  index          " + (plan.keepsIndex() ? "restored" : "excluded"));
    lines.add("  took           " + Formats.duration(took));
    return lines;
  }

  /** The records on both sides of the end; a note says why they are not known. */
  private List<String> cut() {
    CutRecords records = plan.records();
    List<String> lines = new ArrayList<>();
    records
        .lastKept()
        .ifPresent(record -> lines.add("  last kept      " + RecordText.line(record)));
    records
        .firstDropped()
        .ifPresent(record -> lines.add("  first dropped  " + RecordText.line(record)));
    if (records.nothingDropped()) {
      lines.add("  first dropped  nothing of backup " + plan.backup().sequence() + " is dropped");
    }
    return lines;
  }

  /** {@return how the restore ended, as a clause} */
  String outcome() {
    long sequence = plan.backup().sequence();
    return switch (report.outcome()) {
      case PLANNED -> "backup " + sequence + " would be restored to " + to;
      case RESTORED -> "backup " + sequence + " is restored to " + to;
      case ALREADY_DONE ->
        "backup " + sequence + " is in " + to + " already: an earlier run of this restore finished";
    };
  }
}
