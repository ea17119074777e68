package io.coldstream.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coldstream.cli.compose.Composition;
import io.coldstream.cli.compose.Engine;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.output.Words;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.failure.RunException;
import io.coldstream.core.failure.RunException.Kind;
import io.coldstream.core.json.Json;
import io.coldstream.core.restore.Arrangement;
import io.coldstream.core.restore.RestoreOptions;
import io.coldstream.core.restore.RestorePoint;
import io.coldstream.core.restore.RestoreReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings a database back. */
@Command(
    name = "restore",
    description = "Brings a database back into an empty directory, checked byte by byte.")
final class RestoreCommand extends AgentCommand {

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      converter = Folder.class,
      description = "The directory to restore to: empty, or with an unfinished restore.")
  private Path to;

  // Not the setting of that name: the file's is that of the running node.
  @Option(
      names = "--index",
      paramLabel = "DIR",
      converter = Folder.class,
      description = "Where the index goes, if not to index in that directory.")
  private Optional<Path> index = Optional.empty();

  @ArgGroup
  private Point point;

  /** Which state is wanted. */
  static final class Point {
    @Option(
        names = "--backup",
        paramLabel = "SEQ",
        converter = Sequence.class,
        description = "A backup's number; by default the newest.")
    private Long backup;

    @Option(
        names = "--at",
        paramLabel = "TIME",
        converter = PointInTime.class,
        description = "All that was written up to this time, such as 2026-01-02T03:04:05Z.")
    private Instant at;

    @Option(
        names = "--position",
        paramLabel = "P",
        converter = Position.class,
        description = "All below this position of the log.")
    private Long position;

    RestorePoint value() {
      if (backup != null) {
        return new RestorePoint.OfBackup(backup);
      }
      return at != null ? new RestorePoint.AtTime(at) : new RestorePoint.AtPosition(position);
    }
  }

  @Option(
      names = "--takes-over",
      description =
          "The restored node replaces the original: its backups continue this repository.")
  private boolean takesOver;

  @Option(names = "--discard", description = "Remove an unfinished restore from the directory.")
  private boolean discard;

  @Option(names = "--dry-run", description = "Say what would be done and touch nothing.")
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
    if (discard && dryRun) {
      throw new RunException(
          Kind.USAGE, "--discard has no --dry-run: leave one of them out; nothing was touched");
    }
    try (Composition composition = Composition.open(settings, console::counted)) {
      Engine engine = new Engine(composition, surroundings().clock(), console.progress());
      if (discard) {
        return discarded(engine.discard(to, index));
      }
      Instant begun = surroundings().clock().instant();
      RestoreReport report = engine.restore(options(settings));
      Duration took = Duration.between(begun, surroundings().clock().instant());
      return report.outcome() == RestoreReport.Outcome.PLANNED
          ? Report.asked(lines(report, took), json(report, took))
          : Report.closing(lines(report, took), json(report, took)).having(outcome(report));
    }
  }

  private RestoreOptions options(Settings settings) {
    return new RestoreOptions(
        to,
        index,
        point == null ? new RestorePoint.Latest() : point.value(),
        settings.truncate() ? Arrangement.TRUNCATE : Arrangement.DIRECT,
        settings.maxDropBytes(),
        settings.withoutIndex(),
        takesOver,
        dryRun);
  }

  @Override
  String afterInterrupt() {
    return "The directory stays marked, so that no server starts on it: run the same command again"
        + " to go on, or with --discard to remove what is there.";
  }

  private Report discarded(long files) {
    ObjectNode json = Json.object();
    json.put("outcome", "discarded");
    json.put("target", to.toString());
    json.put("removedFiles", files);
    String removed =
        "the unfinished restore in " + to + " is removed (" + Words.count(files, "file") + ")";
    return Report.closing(List.of(removed), json).having(removed);
  }

  private List<String> lines(RestoreReport report, Duration took) {
    List<String> lines = new ArrayList<>();
    if (report.outcome() == RestoreReport.Outcome.PLANNED) {
      lines.addAll(report.plan().lines());
    }
    lines.add(outcome(report));
    lines.add("  log ends at    position " + Words.position(report.position())
        + report.positionTime().map(t -> ", last record of " + Words.time(t)).orElse(""));
    lines.add("  arrangement    " + report.arrangement());
    lines.add("  files          " + Words.count(report.files(), "file") + ", "
        + Words.size(report.bytes())
        + (report.outcome() == RestoreReport.Outcome.RESTORED
            ? ", of which " + Words.size(report.fetchedBytes()) + " fetched now"
            : ""));
    lines.add("  index          " + (report.indexKept() ? "restored" : "left out"));
    report.setAside().forEach(s -> lines.add("  set aside      " + s));
    report.notes().forEach(n -> lines.add("  note           " + n));
    lines.add("  took           " + Words.duration(took));
    if (report.outcome() == RestoreReport.Outcome.PLANNED) {
      lines.add("this was a dry run: nothing was touched");
      return lines;
    }
    lines.add("");
    lines.add("What you must do now:");
    int number = 0;
    for (String step : report.nextSteps()) {
      number++;
      lines.add("  " + number + ". " + step);
    }
    return lines;
  }

  private String outcome(RestoreReport report) {
    return switch (report.outcome()) {
      case PLANNED -> "backup " + report.sequence() + " would be restored to " + to;
      case RESTORED -> "backup " + report.sequence() + " is restored to " + to;
      case ALREADY_DONE ->
        "backup " + report.sequence() + " was restored to " + to
            + " already; nothing is left to do";
    };
  }

  private ObjectNode json(RestoreReport report, Duration took) {
    ObjectNode json = Json.object();
    json.put(
        "outcome", report.outcome().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    json.put("target", to.toString());
    json.put("sequence", report.sequence());
    json.put("arrangement", report.arrangement().toString());
    json.put("position", report.position());
    json.put("positionTime", report.positionTime().map(Instant::toString).orElse(null));
    json.put("files", report.files());
    json.put("bytes", report.bytes());
    json.put("fetchedBytes", report.fetchedBytes());
    json.put("index", report.indexKept());
    report.setAside().forEach(json.putArray("setAside")::add);
    report.notes().forEach(json.putArray("notes")::add);
    report.nextSteps().forEach(json.putArray("nextSteps")::add);
    json.put("seconds", took.toMillis() / 1000.0);
    return json;
  }
}
