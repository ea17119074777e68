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
import io.coldstream.core.inspect.UsageReport;
import io.coldstream.core.inspect.UsageRun;
import io.coldstream.core.repository.NoBackup;
import io.coldstream.core.repository.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Shows what a repository takes. */
@Command(
    name = "stats",
    description = "Shows the size of a repository: by kind of object and by backup.")
final class StatsCommand extends AgentCommand {

  StatsCommand(Surroundings surroundings) {
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
      UsageReport report = new UsageRun(repository).run();
      if (report.backups().isEmpty()) {
        throw NoBackup.found(repository);
      }
      StatsResult result = StatsResult.of(repository.url(), report);
      return Report.asked(lines(result), result);
    }
  }

  private List<String> lines(StatsResult result) {
    int columns = surroundings().terminal().outColumns();
    Table kinds = new Table(
        Column.text("KIND"),
        Column.number("OBJECTS"),
        Column.number("SIZE"),
        Column.number("IN NO BACKUP").droppedAs(1));
    for (StatsResult.OfKind kind : result.kinds()) {
      kinds.row(
          kind.kind(),
          number(kind.objects()),
          Formats.size(kind.bytes()),
          kind.unnamedObjects() == 0 ? "" : Formats.size(kind.unnamedBytes()));
    }
    kinds.row(
        "all",
        number(result.total().objects()),
        Formats.size(result.total().bytes()),
        Formats.size(result.unnamed().bytes()));
    Table backups = new Table(
        Column.number("BACKUP"),
        Column.text("MADE").droppedAs(2),
        Column.number("SIZE").droppedAs(3),
        Column.number("ADDED").droppedAs(1),
        Column.number("ITS OWN"));
    for (StatsResult.OfBackup backup : result.backups()) {
      backups.row(
          Long.toString(backup.sequence()),
          Formats.option(backup.time()),
          Formats.size(backup.bytes()),
          Formats.size(backup.addedBytes()),
          Formats.size(backup.ownBytes()));
    }
    List<String> lines = new ArrayList<>(kinds.lines(columns));
    lines.add("");
    lines.addAll(backups.lines(columns));
    lines.add("");
    lines.add("ITS OWN is what no other backup needs: what its removal would free.");
    if (result.unnamed().objects() > 0) {
      lines.add("IN NO BACKUP is what no manifest names: left by runs that were cut off, or of a"
          + " backup that is being made now.");
    }
    return lines;
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
