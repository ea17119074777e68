package io.coldstream.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.coldstream.cli.output.BackupJson;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.LocksJson;
import io.coldstream.cli.output.NodeJson;
import io.coldstream.cli.output.ObjectJson;
import io.coldstream.cli.output.RestorePointJson;
import io.coldstream.core.backup.BackupReport;
import io.coldstream.core.backup.plan.BackupPlan;
import io.coldstream.core.lock.LockReport;
import io.coldstream.core.node.RunningNode;
import java.util.List;
import java.util.Optional;

/**
 * The result of {@code backup} in {@code json-output.md}.
 *
 * @param repository its URL
 * @param newRepository whether this run created it
 * @param restorePoint up to where the backup can be restored
 * @param sameAs the backup before, if there was nothing new; else null
 * @param beside what concerns the node and locks
 * @param run what the run did
 * @param backup the backup; missing after {@code --dry-run}
 * @param plan only after {@code --dry-run}
 */
record BackupResult(
    String repository,
    boolean newRepository,
    RestorePointJson restorePoint,
    @JsonInclude(Include.ALWAYS) Optional<Long> sameAs,
    @JsonUnwrapped Beside beside,
    @JsonUnwrapped Run run,
    Optional<BackupJson> backup,
    Optional<Plan> plan) {

  /**
   * What concerns the node and locks.
   *
   * @param node what the node told; missing when none was asked
   * @param locks what was done about locks; missing where nothing is to be locked
   */
  record Beside(Optional<NodeJson> node, Optional<LocksJson> locks) {}

  /** What the run did. */
  record Run(
      int captures,
      long sentObjects,
      long sentBytes,
      long resumedObjects,
      long resumedParts,
      double seconds) {}

  /** What a run would do. */
  record Plan(long files, long bytes, long bytesToSend, List<ObjectJson> toSend) {

    private static Plan of(BackupPlan plan) {
      return new Plan(
          plan.fileCount(),
          plan.bytes(),
          plan.bytesToSend(),
          plan.toSend().stream()
              .map(o -> new ObjectJson(o.name(), o.lengthBytes()))
              .toList());
    }
  }

  static BackupResult of(
      String url, BackupReport report, Optional<RunningNode> node, Optional<LockReport> locks) {
    return new BackupResult(
        url,
        report.newRepository(),
        new RestorePointJson(
            report.log().positions().restorePoint(), report.log().restorePointTime()),
        report.sameAs(),
        new Beside(node.map(NodeJson::of), locks.map(LocksJson::of)),
        new Run(
            report.captures(),
            report.uploaded().addedObjects(),
            report.uploaded().addedBytes(),
            report.uploaded().resumedObjects(),
            report.uploaded().resumedParts(),
            Formats.seconds(report.duration())),
        report
            .committed()
            .map(manifest -> BackupJson.of(manifest, Optional.empty())
                .with(new BackupJson.Known(
                    Optional.empty(),
                    Optional.empty(),
                    locks.flatMap(
                        done -> Optional.ofNullable(done.ends().get(manifest.sequence())))))),
        report.committed().isPresent() ? Optional.empty() : Optional.of(Plan.of(report.plan())));
  }
}
