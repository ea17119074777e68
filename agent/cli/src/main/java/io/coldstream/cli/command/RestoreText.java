package io.coldstream.cli.command;

import io.coldstream.cli.output.ChunkSize;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.RecordText;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.plan.CutRecords;
import io.coldstream.core.restore.plan.RestorePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a restore says of itself before its notes and next steps. */
final class RestoreText {

  private final RestoreReport report;
  private final RestorePlan plan;
  private final Path to;

  RestoreText(RestoreReport report, Path to) {
    this.report = report;
    this.plan = report.plan();
    this.to = to;
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
      lines.add(
          "  first dropped  nothing of backup " + plan.backup().sequence() + " is dropped");
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
