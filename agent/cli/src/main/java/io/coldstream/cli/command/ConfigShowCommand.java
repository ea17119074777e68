package io.coldstream.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coldstream.cli.output.Column;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Redaction;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.output.Table;
import io.coldstream.cli.settings.Effective;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.support.json.Json;
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
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("settings");
    for (Effective effective : settings.effective()) {
      String value = Redaction.of(effective.value());
      table.row(effective.name(), value, effective.origin().toString());
      ObjectNode one = list.addObject();
      one.put("name", effective.name());
      one.put("value", value);
      one.put("setBy", effective.origin().toString());
    }
    return Report.asked(table.lines(surroundings().terminal().outColumns()), json);
  }
}
