package io.coldstream.cli.command;

import io.coldstream.cli.compose.Composition;
import io.coldstream.cli.compose.Engine;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.points.RestorePoints;
import java.util.List;
import picocli.CommandLine.Command;

/** Tells which points can be restored. */
@Command(
    name = "restore-points",
    description = "Prints which points of the log can be restored, and what that fetches.")
final class RestorePointsCommand extends AgentCommand {

  RestorePointsCommand(Surroundings surroundings) {
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
      RestorePoints points =
          new Engine(composition, surroundings().clock(), console.progress()).points();
      RestorePointsText text = new RestorePointsText(points, composition.metrics(), given());
      return Report.asked(
              text.lines(),
              RestorePointsResult.of(composition.url(), points, composition.metrics()))
          .with(text.commands());
    }
  }
}
