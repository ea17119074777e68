package io.coldstream.cli.command;

import io.coldstream.cli.compose.Composition;
import io.coldstream.cli.output.BackupJson;
import io.coldstream.cli.output.Column;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Failure;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.LineageText;
import io.coldstream.cli.output.LockText;
import io.coldstream.cli.output.MarkJson;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.output.Table;
import io.coldstream.cli.output.VerifiedJson;
import io.coldstream.cli.output.VerifiedText;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.lock.StoredLocks;
import io.coldstream.core.prune.marks.KeepMark;
import io.coldstream.core.repository.NoBackup;
import io.coldstream.core.repository.Repair;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import io.coldstream.core.verify.history.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the backups of a repository. */
@Command(name = "list", description = "Lists the backups of a repository.")
final class ListCommand extends AgentCommand {

  @Option(
      names = "--last",
      paramLabel = "N",
      converter = Count.class,
      description = "Only the last N backups, of those with the label. Default: all.")
  private long last = Long.MAX_VALUE;

  @Option(
      names = "--label",
      paramLabel = "TEXT",
      description = "Only backups whose label contains this text.")
  private Optional<String> label = Optional.empty();

  ListCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  List<Setting> accepted() {
    return List.of(Setting.REPO);
  }

  @Override
  Report run(Settings settings, Console console) throws Exception {
    if (last < 1) {
      throw usage("--last " + last + ": at least one backup must be wanted");
    }
    try (Composition composition =
        Composition.open(settings, console.progress(), console::counted)) {
      Repository repository = composition.repository();
      Map<Long, RunException> unreadable = new ConcurrentSkipListMap<>();
      List<Workers.Task<Optional<Manifest>>> reads = new ArrayList<>();
      for (long sequence : wanted(repository.sequences(0))) {
        reads.add(() -> repository.readableManifest(sequence, e -> unreadable.put(sequence, e)));
      }
      if (reads.isEmpty()) {
        return none(repository);
      }
      List<Manifest> backups = tail(composition.workers().<Optional<Manifest>>all(reads).stream()
          .flatMap(Optional::stream)
          .filter(this::isWanted)
          .toList());
      Report report = report(
          repository,
          backups,
          unreadable,
          Verified.newest(repository, console),
          Marks.of(repository, console),
          StoredLocks.of(repository));
      return unreadable.isEmpty()
          ? report
          : report.failing(Failure.of(failure(unreadable, reads.size())));
    }
  }

  /** The backups to read: without a label none but the last ones. */
  private List<Long> wanted(List<Long> sequences) {
    return label.isPresent() ? sequences : tail(sequences);
  }

  private <T> List<T> tail(List<T> all) {
    return all.subList((int) Math.max(0, all.size() - last), all.size());
  }

  private boolean isWanted(Manifest backup) {
    return label.isEmpty()
        || backup.origin().label().filter(l -> l.contains(label.get())).isPresent();
  }

  private static Report none(Repository repository) throws RunException {
    RunException none = NoBackup.found(repository);
    boolean damaged = none.kind() == RunException.Kind.REPOSITORY_DAMAGED;
    Report report = Report.asked(
        damaged ? List.of() : List.of(none.getMessage()),
        new ListResult(repository.url(), List.of(), List.of()));
    return damaged ? report.failing(Failure.of(none)) : report;
  }

  private static RunException failure(Map<Long, RunException> unreadable, int all) {
    List<String> lines = new ArrayList<>();
    lines.add(unreadable.size() + " of " + Formats.count(all, "backup") + " cannot be read:");
    unreadable.forEach((sequence, e) ->
        lines.add("  backup " + sequence + ": " + e.getMessage() + Repair.ofManifest(e, sequence)));
    return new RunException(RunException.Kind.REPOSITORY_DAMAGED, lines);
  }

  /** The size is what the backups added: what belongs to none of them is not counted. */
  private String summary(List<Manifest> backups) {
    long bytes = backups.stream().mapToLong(b -> b.totals().addedBytes()).sum();
    Instant newest = backups.get(backups.size() - 1).origin().time();
    Duration age = Duration.between(newest, surroundings().clock().instant());
    return Formats.count(backups.size(), "backup") + ", " + Formats.size(bytes)
        + " added, the newest is " + Formats.age(age)
        + " old";
  }

  private Report report(
      Repository repository,
      List<Manifest> backups,
      Map<Long, RunException> unreadable,
      Optional<Verification> verified,
      Map<Long, KeepMark> marks,
      StoredLocks locks)
      throws RunException {
    Instant now = surroundings().clock().instant();
    LineageText lineage = LineageText.of(backups);
    Table table = new Table(
        Column.number("BACKUP"),
        Column.text("MADE"),
        Column.text("LAST RECORD").droppedAs(4),
        Column.number("SIZE").droppedAs(2),
        Column.number("ADDED").droppedAs(1),
        Column.text("LINEAGE").droppedAs(5),
        Column.text("VERIFIED").droppedAs(3),
        Column.text("KEPT").droppedAs(6),
        Column.text("LOCKED UNTIL").droppedAs(7),
        Column.cut("LABEL"));
    for (Manifest backup : backups) {
      table.row(
          Long.toString(backup.sequence()),
          Formats.option(backup.origin().time()),
          Formats.option(backup.log().restorePointTime()),
          Formats.size(backup.totals().bytes()),
          Formats.size(backup.totals().addedBytes()),
          lineage.mark(backup),
          VerifiedText.cell(verified, backup.sequence()),
          marks.containsKey(backup.sequence()) ? "by a mark" : "",
          LockText.cell(locks.end(backup.sequence()), now),
          backup.origin().label().orElse(""));
    }
    List<String> lines = new ArrayList<>();
    if (backups.isEmpty() && unreadable.isEmpty()) {
      lines.add("no backup of " + repository.url() + " has a label with this text");
    }
    if (!backups.isEmpty()) {
      lines.addAll(table.lines(surroundings().terminal().outColumns()));
      lines.addAll(lineage.lines());
      lines.add("");
      verified.ifPresent(v -> lines.add(
          VerifiedText.known(v, backups.stream().map(Manifest::sequence).toList(), now)));
      lines.add(summary(backups));
    }
    return Report.asked(
        lines,
        new ListResult(
            repository.url(),
            backups.stream()
                .map(b -> BackupJson.of(b, lineage.discardedTail(b))
                    .with(new BackupJson.Known(
                        VerifiedJson.of(verified, b.sequence()),
                        Optional.ofNullable(marks.get(b.sequence())).map(MarkJson::of),
                        locks.end(b.sequence()))))
                .toList(),
            unreadable.entrySet().stream()
                .map(e -> new ListResult.Unreadable(e.getKey(), e.getValue().getMessage()))
                .toList()));
  }
}
