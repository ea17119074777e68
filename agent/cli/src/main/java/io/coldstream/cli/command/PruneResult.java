package io.coldstream.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.coldstream.cli.output.Formats;
import io.coldstream.core.prune.PrunePlan;
import io.coldstream.core.prune.PruneReport;
import io.coldstream.core.repository.Amount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The result of {@code prune} in {@code json-output.md}; what was done only with {@code --confirm}. */
record PruneResult(
    String repository, List<Backup> backups, Plan plan, Optional<Done> done, double seconds) {

  /** What becomes of a backup; without a reason it is removed. */
  record Backup(
      long sequence,
      Instant time,
      @JsonInclude(Include.ALWAYS) Optional<String> label,
      boolean kept,
      List<String> reasons) {}

  /** How much is removed now, and later. */
  record Plan(
      Amount manifests,
      Amount freed,
      Amount condemned,
      Amount waiting,
      Amount young,
      Amount leftovers) {

    private static Plan of(PrunePlan.Amounts amounts) {
      return new Plan(
          amounts.manifests(),
          amounts.freed(),
          amounts.condemned(),
          amounts.waiting(),
          amounts.young(),
          amounts.leftovers());
    }
  }

  /** What was done. */
  record Done(
      List<Long> removed,
      Amount deleted,
      Amount refused,
      @JsonInclude(Include.ALWAYS) Optional<String> refusal,
      int unfinishedUploads,
      int removedUploads) {

    private static Done of(PruneReport.Done done) {
      return new Done(
          done.removed(),
          done.deleted(),
          done.refused(),
          done.refusal(),
          done.uploads().found(),
          done.uploads().removed());
    }
  }

  static PruneResult of(String repository, PruneReport report) {
    return new PruneResult(
        repository,
        report.plan().backups().stream()
            .map(decision -> new Backup(
                decision.backup().sequence(),
                decision.backup().time(),
                decision.backup().label(),
                decision.isKept(),
                decision.reasons()))
            .toList(),
        Plan.of(report.plan().amounts()),
        report.done().map(Done::of),
        Formats.seconds(report.duration()));
  }
}
