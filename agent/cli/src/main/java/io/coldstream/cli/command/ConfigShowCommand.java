package io.coldstream.cli.command;

import io.coldstream.cli.output.Column;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Redaction;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.output.Table;
import io.coldstream.cli.settings.Effective;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;

/** Shows every setting as it holds, and where it was set. */
@Command(
    name = "show",
    description =
        "Shows the effective value of every setting and where it was set; secrets are hidden.")
final class ConfigShowCommand extends AgentCommand {

  ConfigShowCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  List<Setting> accepted() {
    return Arrays.stream(Setting.values())
        .filter(s -> !Coldstream.EVERYWHERE.contains(s))
        .toList();
  }

  @Override
  Report run(Settings settings, Console console) {
    Table table =
        new Table(Column.text("SETTING"), Column.wrapped("VALUE"), Column.wrapped("SET BY"));
    List<ConfigShowResult.Shown> shown = new ArrayList<>();
    for (Effective effective : settings.origins().effective()) {
      String value = Redaction.of(effective.value());
      String setBy = effective.origin().toString();
      table.row(effective.name(), value, setBy);
      shown.add(new ConfigShowResult.Shown(effective.name(), value, setBy));
    }
    return Report.asked(
        table.lines(surroundings().terminal().outColumns()), new ConfigShowResult(shown));
  }
}
