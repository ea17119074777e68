package io.coldstream.cli.command;

import io.coldstream.cli.compose.Composition;
import io.coldstream.cli.output.Column;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.output.Table;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.inspect.BackupDifference;
import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Repository;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Compares two backups. */
@Command(name = "diff", description = "Compares two backups: positions, chunks, index and epochs.")
final class DiffCommand extends AgentCommand {

  @Parameters(
      index = "0",
      paramLabel = "A",
      converter = Sequence.class,
      description = "The number of the backup to compare with.")
  private long from;

  @Parameters(
      index = "1",
      paramLabel = "B",
      converter = Sequence.class,
      description = "The number of the other backup.")
  private long to;

  DiffCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  List<Setting> accepted() {
    return List.of(Setting.REPO);
  }

  @Override
  Report run(Settings settings, Console console) throws Exception {
    try (Composition composition =
        Composition.open(settings, console.progress(), console::counted)) {
      Repository repository = composition.repository();
      DiffResult result = DiffResult.of(
          repository.url(),
          BackupDifference.of(
              BackupFiles.read(repository, from), BackupFiles.read(repository, to)));
      return Report.asked(lines(result), result);
    }
  }

  private List<String> lines(DiffResult result) {
    int columns = surroundings().terminal().outColumns();
    long log =
        result.to().restorePoint().position() - result.from().restorePoint().position();
    Table facts =
        new Table(Column.text(""), Column.text("BACKUP " + from), Column.text("BACKUP " + to));
    facts.row(
        "restore point",
        Formats.position(result.from().restorePoint().position()),
        Formats.position(result.to().restorePoint().position()));
    facts.row(
        "last record",
        Formats.option(result.from().restorePoint().time()),
        Formats.option(result.to().restorePoint().time()));
    facts.row(
        "size", Formats.size(result.from().bytes()), Formats.size(result.to().bytes()));
    facts.row(
        "files", Long.toString(result.from().files()), Long.toString(result.to().files()));
    List<String> lines = new ArrayList<>(facts.lines(columns));
    lines.add("");
    lines.add(
        (log < 0 ? Formats.size(-log) + " of the log less" : Formats.size(log) + " of the log more")
            + " in backup " + to + "; " + Formats.size(result.newBytes())
            + " stored that backup " + from + " does not need");
    result
        .forkPosition()
        .ifPresent(
            position -> lines.add("the histories part at position " + Formats.position(position)));
    lines.add("index: " + Formats.count(result.index().added().size(), "table") + " added, "
        + Formats.count(result.index().removed().size(), "table") + " removed");
    result
        .epochsAdded()
        .forEach(epoch -> lines.add(
            "epoch " + epoch.number() + " added at " + Formats.position(epoch.position())));
    addChunks(lines, result, columns);
    return lines;
  }

  private static void addChunks(List<String> lines, DiffResult result, int columns) {
    lines.add("");
    if (result.chunks().isEmpty()) {
      lines.add("no chunk differs");
      return;
    }
    Table table = new Table(
        Column.text("CHUNK"),
        Column.text("CHANGE"),
        Column.number("SIZE"),
        Column.wrapped("IN THE PLACE OF"));
    for (DiffResult.Change change : result.chunks()) {
      table.row(
          change.file(),
          change.change(),
          Formats.size(change.bytes()),
          change.replaces().equals(List.of(change.file()))
              ? ""
              : String.join(" ", change.replaces()));
    }
    lines.addAll(table.lines(columns));
  }
}
