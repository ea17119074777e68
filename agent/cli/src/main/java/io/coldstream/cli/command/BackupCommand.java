package io.coldstream.cli.command;

import io.coldstream.cli.compose.BackupSource;
import io.coldstream.cli.compose.Composition;
import io.coldstream.cli.compose.Engine;
import io.coldstream.cli.output.Advice;
import io.coldstream.cli.output.BackupText;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Failure;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.LockText;
import io.coldstream.cli.output.NodeText;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.settings.BackupSettings;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.backup.BackupReport;
import io.coldstream.core.backup.BackupRequest;
import io.coldstream.core.lock.LockReport;
import io.coldstream.core.node.NodeAddress;
import io.coldstream.core.node.RunningNode;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ObjectName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Backs a database up. */
@Command(
    name = "backup",
    description =
        "Backs up a database while it runs; uploads only what the repository does not have.")
final class BackupCommand extends AgentCommand {

  @Option(
      names = {"-n", "--dry-run"},
      description = "Print the plan and upload nothing.")
  private boolean dryRun;

  @Option(
      names = "--recheck",
      description =
          "Look up every stored object, and upload again those that are missing or have the"
              + " wrong length; without it each backup looks up a share of them.")
  private boolean recheck;

  @Option(
      names = "--resend",
      paramLabel = "OBJECT",
      converter = ObjectNames.class,
      description = "Upload this object again, because verify found it damaged; can be repeated.")
  private List<ObjectName> resend = new ArrayList<>();

  @Option(
      names = "--new-lineage",
      description = "Accept that the log was forked on purpose, for example by a restore.")
  private boolean newLineage;

  BackupCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  List<Setting> accepted() {
    return List.of(
        Setting.DB,
        Setting.INDEX,
        Setting.NODE,
        Setting.MAX_LAG,
        Setting.QUIET_NODE,
        Setting.REPO,
        Setting.LABEL,
        Setting.WITHOUT_INDEX,
        Setting.MAX_ELECTION_LOSS,
        Setting.MIN_FREE);
  }

  @Override
  Report run(Settings settings, Console console) throws Exception {
    try (Composition composition =
        Composition.open(settings, console.progress(), console::counted)) {
      BackupSource source =
          BackupSource.find(settings, dryRun, surroundings().environment(), console.progress());
      Optional<RunningNode> node = source.node();
      node.map(n -> NodeText.lines(n.facts())).orElse(List.of()).forEach(console::say);
      Engine engine = new Engine(composition, surroundings().clock(), console.progress());
      BackupReport report = engine.backup(
          source,
          settings.backup().minFreeBytes(),
          settings.state(),
          request(settings.backup(), composition.url()));
      Optional<LockReport> locks =
          report.committed().isPresent() ? engine.lockAfterBackup() : Optional.empty();
      locks.flatMap(LockText::refused).ifPresent(console::warn);
      BackupResult result = BackupResult.of(composition.url(), report, node, locks);
      Report done = report
          .committed()
          .map(manifest -> committed(result, report, manifest, more(node, locks)))
          .orElseGet(() -> planned(result, report));
      return stillPaused(node).map(done::failing).orElse(done);
    }
  }

  /** Resumes what could not be resumed after the capture; a failure does not undo the backup. */
  private Optional<Failure> stillPaused(Optional<RunningNode> node) throws InterruptedException {
    try {
      if (node.isPresent()) {
        node.get().resumeLeft();
      }
      return Optional.empty();
    } catch (RunException e) {
      NodeAddress address = node.orElseThrow().facts().address();
      return Optional.of(failure(new RunException(
          e.kind(),
          (dryRun ? "the" : "the backup is complete, but the") + " node " + address
              + " may still be paused: " + e.getMessage(),
          e,
          List.of(Remedy.resumeNode("To resume it, run", address.toString())))));
    }
  }

  private BackupRequest request(BackupSettings settings, String url) {
    return new BackupRequest(
        url,
        settings.label(),
        settings.withoutIndex(),
        dryRun,
        recheck,
        new HashSet<>(resend),
        newLineage,
        settings.maxElectionLossBytes());
  }

  @Override
  boolean changes() {
    return !dryRun;
  }

  @Override
  List<Advice> afterInterrupt() {
    return List.of(new Advice(
        "What was uploaded stays in the repository. To resume, run the same command again",
        given().command()));
  }

  private static Report committed(
      BackupResult result, BackupReport report, Manifest manifest, List<String> more) {
    long present = manifest.totals().bytes()
        - Math.min(manifest.totals().bytes(), report.uploaded().addedBytes());
    List<String> lines = new ArrayList<>();
    String complete =
        "backup " + manifest.sequence() + " of " + result.repository() + " is complete";
    lines.add(complete);
    lines.add("  restore point  " + BackupText.restorePoint(manifest));
    lines.add("  captured       " + Formats.count(manifest.totals().files(), "file") + ", "
        + Formats.size(manifest.totals().bytes()));
    lines.add("  sent           " + Formats.count(report.uploaded().addedObjects(), "object") + ", "
        + Formats.size(report.uploaded().addedBytes()));
    lines.add("  reused         " + Formats.size(present));
    sameAs(report).ifPresent(lines::add);
    if (report.uploaded().resumedObjects() > 0) {
      lines.add("  resumed        " + Formats.count(report.uploaded().resumedObjects(), "object")
          + ", with " + Formats.count(report.uploaded().resumedParts(), "part")
          + " uploaded before");
    }
    lines.addAll(more);
    lines.add("  took           " + Formats.duration(report.duration()));
    return Report.closing(lines, result).having(complete);
  }

  /** What there is to say of the node and of locks. */
  private static List<String> more(Optional<RunningNode> node, Optional<LockReport> locks) {
    List<String> lines = new ArrayList<>();
    node.flatMap(n -> NodeText.paused(n.paused()))
        .ifPresent(
            what -> lines.add("  paused         " + what + ", while the files were captured"));
    locks.ifPresent(done -> lines.add(
        "  " + LockText.safe(done) + ", " + Formats.count(done.extended(), "lock") + " extended"));
    return lines;
  }

  private static Optional<String> sameAs(BackupReport report) {
    return report
        .sameAs()
        .map(before -> "  nothing new    the restore point is the same as that of backup " + before
            + ". If the server has written since then, this is not its data directory");
  }

  private static Report planned(BackupResult result, BackupReport report) {
    List<String> lines = new ArrayList<>(report.plan().lines(Formats::size));
    sameAs(report).ifPresent(lines::add);
    lines.add("dry run: nothing was uploaded");
    return Report.asked(lines, result);
  }
}
