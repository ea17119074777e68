package io.coldstream.cli.command;

import io.coldstream.cli.compose.Composition;
import io.coldstream.cli.compose.Engine;
import io.coldstream.cli.output.Advice;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Failure;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.output.ShellCommand;
import io.coldstream.cli.output.VerifiedText;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.verify.Finding;
import io.coldstream.core.verify.RunShard;
import io.coldstream.core.verify.SampleSize;
import io.coldstream.core.verify.ShardReport;
import io.coldstream.core.verify.VerifyOptions;
import io.coldstream.core.verify.VerifyReport;
import io.coldstream.core.verify.history.Counts;
import io.coldstream.core.verify.history.Depth;
import io.coldstream.store.decorate.StoreMetrics;
import io.coldstream.store.decorate.StoreVerb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks what is on the store. */
@Command(
    name = "verify",
    description =
        "Checks that backups can be restored, and prints the commands that repair faults.")
final class VerifyCommand extends AgentCommand {

  @Option(
      names = "--backup",
      paramLabel = "SEQ",
      converter = Sequence.class,
      description = "Check only this backup. Default: all backups.")
  private Optional<Long> backup = Optional.empty();

  @ArgGroup
  private Looks depth;

  /** How closely it looks. */
  static final class Looks {
    @Option(
        names = "--structure",
        description =
            "Check that every object exists with the right length, and read the checkpoints. The"
                + " default.")
    private boolean structure;

    @Option(
        names = "--sample",
        paramLabel = "N%|SIZE",
        converter = Share.class,
        description =
            "Also read the next share of the bytes, for example 10%% or 20GiB. The next run"
                + " continues after it: ten runs with 10%% read everything once.")
    private SampleSize sample;

    @Option(names = "--data", description = "Read every byte and compare every digest.")
    private boolean data;

    VerifyOptions options() {
      if (sample != null) {
        return VerifyOptions.sample(sample);
      }
      return data ? VerifyOptions.data() : VerifyOptions.structure();
    }
  }

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      converter = ShardChoice.Converter.class,
      description = "With --data: read only part I of N, counted from 1. /N or auto takes the rest"
          + " from the variables of Kubernetes, AWS Batch, Cloud Run or Slurm.")
  private Optional<ShardChoice> shard = Optional.empty();

  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "With --shard: the id of the run, the same for all its shards and new for each"
          + " run. Default: that of the job, if a variable tells it.")
  private Optional<String> run = Optional.empty();

  /** Whether the store was asked to keep a result; known only at the end. */
  private boolean stores;

  VerifyCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  List<Setting> accepted() {
    return List.of(Setting.REPO);
  }

  @Override
  boolean changes() {
    return stores;
  }

  @Override
  List<Advice> afterInterrupt() {
    return List.of(new Advice(
        "No backup was changed. Results that were stored under " + Layout.VERIFICATIONS
            + " stay, and later runs continue from them. To verify again, run",
        given().command()));
  }

  private void count(StoreMetrics metrics, Console console) {
    stores = metrics.verbs().containsKey(StoreVerb.PUT);
    console.counted(metrics);
  }

  @Override
  Report run(Settings settings, Console console) throws Exception {
    VerifyOptions options = options();
    try (Composition composition =
        Composition.open(settings, console.progress(), metrics -> count(metrics, console))) {
      Engine engine = new Engine(composition, surroundings().clock(), console.progress());
      Instant begun = surroundings().clock().instant();
      VerifyReport found = engine.verify(options);
      Duration took = Duration.between(begun, surroundings().clock().instant());
      List<ShellCommand> repairs = found.findings().stream()
          .flatMap(f -> repair(f).flatMap(Advice::command).stream())
          .toList();
      Report report = Report.closing(
              lines(found, composition.url(), options, took),
              VerifyResult.of(found, took, given()::advice))
          .with(repairs);
      return verdict(found).map(report::failing).orElse(report);
    }
  }

  private VerifyOptions options() throws RunException {
    VerifyOptions all = depth == null ? VerifyOptions.structure() : depth.options();
    if (backup.isPresent() && all.depth() == Depth.SAMPLE) {
      throw ShardChoice.usage("--sample rotates through all backups; for one backup, give --backup "
          + backup.get() + " with --structure or --data");
    }
    VerifyOptions options = backup.isPresent() ? all.ofBackup(backup.get()) : all;
    if (shard.isEmpty()) {
      if (run.isPresent()) {
        throw ShardChoice.usage("--run is the id of a run in shards; give --shard too");
      }
      return options;
    }
    if (all.depth() != Depth.DATA) {
      throw ShardChoice.usage("--shard divides the reading of all bytes; give --data too");
    }
    return options.ofShard(shard.get().in(surroundings(), run));
  }

  private Optional<Failure> verdict(VerifyReport found) {
    try {
      found.requireGood();
      return Optional.empty();
    } catch (RunException e) {
      return Optional.of(failure(e));
    }
  }

  private List<String> lines(VerifyReport found, String url, VerifyOptions options, Duration took) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : found.findings()) {
      lines.add("FAULT  " + finding.fault());
      lines.add("       needed by " + backups(finding));
      repair(finding).ifPresent(step -> lines.addAll(step.lines("       ")));
    }
    found.notes().forEach(note -> lines.add("note   " + note));
    lines.add((found.isGood() ? url + " has no faults" : url + " HAS FAULTS") + scope(found));
    Counts counts = found.counts();
    lines.add("  checked        " + Formats.count(counts.backups(), "backup") + ", "
        + Formats.count(counts.objects(), "object") + " present with the right length");
    lines.add("  read           " + Formats.count(counts.readObjects(), "object") + ", "
        + Formats.size(counts.readBytes())
        + (options.depth() == Depth.STRUCTURE
            ? " (--data reads and compares every byte)"
            : ", every byte compared"));
    found.shard().ifPresent(s -> lines.addAll(ofShard(s)));
    found.stored().ifPresent(v -> {
      if (found.isGood()) {
        lines.add("  known          "
            + VerifiedText.read(VerifyResult.checked(v), surroundings().clock().instant()));
      }
      lines.add("  stored         as result " + v.number());
    });
    lines.add("  took           " + Formats.duration(took));
    return lines;
  }

  private static String scope(VerifyReport found) {
    return found
        .shard()
        .filter(s -> !s.missing().isEmpty())
        .map(s -> " in shard " + s.shard().index() + " of " + s.shard().count())
        .orElse("");
  }

  private static List<String> ofShard(ShardReport report) {
    List<String> lines = new ArrayList<>();
    RunShard shard = report.shard();
    lines.add("  run            " + shard.run() + ", shard " + shard.index() + " of "
        + shard.count()
        + (report.earlier()
            ? ", which was read at " + Formats.time(report.time()) + " and not again"
            : ""));
    lines.add("  missing        "
        + (report.missing().isEmpty()
            ? "none: this is the result of all shards"
            : Formats.count(report.missing().size(), "shard")
                + "; the last one joins all results"));
    return lines;
  }

  private Optional<Advice> repair(Finding finding) {
    return finding.repair().map(given()::advice);
  }

  private static String backups(Finding finding) {
    return finding.firstBackup() == finding.lastBackup()
        ? "backup " + finding.firstBackup()
        : "backups " + finding.firstBackup() + " to " + finding.lastBackup();
  }
}
