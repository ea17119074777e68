package io.coldstream.cli.command;

import io.coldstream.cli.compose.Composition;
import io.coldstream.cli.compose.Engine;
import io.coldstream.cli.compose.ServerHost;
import io.coldstream.cli.output.Advice;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.settings.RestoreSettings;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.RestoreRequest.Choice;
import io.coldstream.core.restore.plan.CheckpointMode;
import io.coldstream.core.restore.select.RestorePoint;
import io.coldstream.core.restore.target.Attempt;
import io.coldstream.core.restore.target.Discard;
import io.coldstream.core.support.disk.Owner;
import io.coldstream.core.support.disk.OwnerName;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.decorate.StoreMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings a database back. */
@Command(
    name = "restore",
    description = "Restores a database into an empty directory and checks every byte.")
final class RestoreCommand extends AgentCommand {

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      converter = Folder.class,
      description =
          "The target directory: empty, or with an unfinished restore; with --reuse also a database.")
  private Path to;

  // Not the setting of that name: the file's is that of the running node.
  @Option(
      names = "--index",
      paramLabel = "DIR",
      converter = Folder.class,
      description = "The target directory of the index. Default: index in the target directory.")
  private Optional<Path> index = Optional.empty();

  @ArgGroup
  private Point point;

  /** Which state is wanted. */
  static final class Point {
    @Option(
        names = "--backup",
        paramLabel = "SEQ",
        converter = Sequence.class,
        description = "The number of the backup. Default: the newest backup.")
    private Long backup;

    @Option(
        names = "--at",
        paramLabel = "TIME",
        converter = TypedTime.Parser.class,
        description = "Restore the log up to this time, for example 2026-01-02T03:04:05Z or"
            + " '2026-01-02 04:04 Europe/Berlin'. A time without a fraction includes its whole"
            + " second.")
    private TypedTime at;

    @Option(
        names = "--position",
        paramLabel = "P",
        converter = Position.class,
        description = "Restore the log below this position, in bytes.")
    private Long position;

    RestorePoint value(ZoneId machine) throws RunException {
      if (backup != null) {
        return new RestorePoint.OfBackup(backup);
      }
      return at != null
          ? new RestorePoint.AtTime(at.instant(machine))
          : new RestorePoint.AtPosition(position);
    }
  }

  @Option(
      names = "--before-event",
      paramLabel = "STREAM@N",
      converter = EventParser.class,
      description = "Restore the log up to the last complete write before event N of a stream. With"
          + " --backup, the event is looked up in that backup only.")
  private RestorePoint.BeforeEvent beforeEvent;

  @Option(
      names = "--owner",
      paramLabel = "USER[:GROUP]",
      converter = OwnerParser.class,
      description =
          "As root: give the files and new directories to this user. Default: the owner of"
              + " the target directory.")
  private OwnerName owner;

  @Option(
      names = "--takes-over",
      description =
          "The restored node replaces the original, and its backups continue this repository.")
  private boolean takesOver;

  @Option(
      names = "--reuse",
      description =
          "Repair the database in the target directory: use its files where they are right, fetch"
              + " the rest, and move what differs into coldstream-set-aside.")
  private boolean reuse;

  @Option(
      names = "--discard",
      description = "Remove an unfinished restore from the target directory.")
  private boolean discard;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Print the plan and change nothing.")
  private boolean dryRun;

  RestoreCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  List<Setting> accepted() {
    return List.of(Setting.REPO, Setting.ARRANGE, Setting.MAX_DROP, Setting.WITHOUT_INDEX);
  }

  @Override
  Report run(Settings settings, Console console) throws Exception {
    requireNotWithDiscard(dryRun, "--dry-run");
    requireNotWithDiscard(reuse, "--reuse");
    RestoreRequest request = request(settings.restore());
    try (Composition composition =
        Composition.open(settings, console.progress(), console::counted)) {
      Engine engine = new Engine(composition, surroundings().clock(), console.progress());
      if (discard) {
        return discarded(engine.discard(to, index));
      }
      Instant begun = surroundings().clock().instant();
      RestoreReport report = engine.restore(request);
      Duration took = Duration.between(begun, surroundings().clock().instant());
      return report.outcome() == RestoreReport.Outcome.PLANNED
          ? planned(report, took, composition.metrics())
          : done(report, took).having(new RestoreSummary(report, to).outcome());
    }
  }

  private void requireNotWithDiscard(boolean given, String option) throws RunException {
    if (discard && given) {
      throw new RunException(
          Kind.USAGE,
          "--discard and " + option + " cannot be combined: omit one of them; nothing was changed");
    }
  }

  private RestoreRequest request(RestoreSettings settings) throws RunException {
    return new RestoreRequest(
        new RestoreRequest.Place(to, index, owner()),
        wanted(),
        settings.truncate() ? CheckpointMode.TRUNCATE : CheckpointMode.DIRECT,
        settings.maxDropBytes(),
        choices(settings));
  }

  private Set<Choice> choices(RestoreSettings settings) {
    Map<Choice, Boolean> given = Map.of(
        Choice.WITHOUT_INDEX, settings.withoutIndex(),
        Choice.TAKES_OVER, takesOver,
        Choice.REUSE, reuse,
        Choice.DRY_RUN, dryRun);
    return given.keySet().stream().filter(given::get).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  boolean changes() {
    return !dryRun;
  }

  private RestorePoint wanted() throws RunException {
    RestorePoint chosen = point == null
        ? new RestorePoint.Latest()
        : point.value(surroundings().clock().getZone());
    if (beforeEvent == null || chosen instanceof RestorePoint.Latest) {
      return beforeEvent == null ? chosen : beforeEvent;
    }
    if (chosen instanceof RestorePoint.OfBackup backup) {
      return new RestorePoint.BeforeEvent(
          beforeEvent.stream(), beforeEvent.number(), OptionalLong.of(backup.sequence()));
    }
    throw new RunException(
        Kind.USAGE,
        "--before-event cannot be combined with --at or --position: omit one of them; nothing was"
            + " changed");
  }

  private Optional<Owner> owner() throws RunException {
    try {
      return owner == null ? Optional.empty() : Optional.of(owner.resolve());
    } catch (OwnerName.UnknownName e) {
      throw new RunException(Kind.USAGE, "--owner: " + e.getMessage(), e);
    }
  }

  @Override
  List<Advice> afterInterrupt() {
    List<Advice> advice = new ArrayList<>();
    advice.add(new Advice(
        "The directory keeps its start guard, so that no server starts on it. To resume, run"
            + " the same command again",
        given().command()));
    if (!reuse) {
      advice.add(new Advice(
          "To remove the unfinished restore instead, run",
          given().with("--discard").command()));
    }
    return advice;
  }

  private Report discarded(Discard.Removed discard) {
    long files = discard.files();
    String removed =
        "the unfinished restore in " + to + " was removed (" + Formats.count(files, "file") + ")";
    Invocation again = given().without("--discard");
    NextSteps next = new NextSteps(
        List.of(new Advice("There is no database in " + to
            + " now. A server that starts there creates a new, empty one.")),
        List.of(new Advice(
            "To restore again, run",
            discard.attempt().map(a -> same(again, a)).orElse(again).command())));
    return next.after(List.of(removed), RestoreResult.Discarded.of(to, files, next))
        .having(removed);
  }

  /** A restore of the same state as the one that was removed. */
  private static Invocation same(Invocation again, Attempt attempt) {
    Invocation of = attempt.cuts()
        ? again.with("--position", Long.toString(attempt.position()))
        : again.ofBackup(attempt.sequence());
    return attempt.checkpointMode().equals(CheckpointMode.DIRECT.toString())
        ? of
        : of.with(Setting.ARRANGE.option(), attempt.checkpointMode());
  }

  private Report done(RestoreReport report, Duration took) throws IOException {
    ServerHost host = ServerHost.of(surroundings().environment(), report.database());
    NextSteps next = new RestoreSteps(report, host, given()).next();
    return next.after(
        new RestoreSummary(report, to).lines(took),
        RestoreResult.of(report, to, took, Optional.of(next)));
  }

  private Report planned(RestoreReport report, Duration took, StoreMetrics asked) {
    Optional<DownloadEstimate> estimate = DownloadEstimate.of(report, asked, took);
    List<String> lines = new RestoreSummary(report, to).plan(took, estimate, asked);
    Optional<Advice> discarded = RestoreSteps.discarded(report, given());
    discarded.ifPresent(advice -> lines.addAll(advice.lines("  note           ")));
    lines.add("dry run: nothing was changed");
    RestoreResult result = RestoreResult.of(report, to, took, Optional.empty())
        .planning(RestoreResult.Plan.of(report, estimate));
    return Report.asked(lines, result)
        .with(discarded.flatMap(Advice::command).stream().toList());
  }
}
