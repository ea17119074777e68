package io.coldstream.cli.command;

import io.coldstream.cli.compose.Composition;
import io.coldstream.cli.compose.Engine;
import io.coldstream.cli.output.Advice;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Failure;
import io.coldstream.cli.output.LockText;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.lock.LockReport;
import io.coldstream.core.support.failure.RunException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Extends the locks of the backups. */
@Command(
    name = "lock",
    description = {
      "Extends the locks of what the backups need, where they end soon.",
      "Each backup does the same when it is complete. The setting lock must be set."
    })
final class LockCommand extends AgentCommand {

  @Option(
      names = "--all",
      description = "Extend every lock, whenever it ends; without it those that end within the"
          + " setting lock-margin.")
  private boolean all;

  LockCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  boolean changes() {
    return true;
  }

  @Override
  List<Setting> accepted() {
    return List.of(Setting.REPO);
  }

  @Override
  Report run(Settings settings, Console console) throws Exception {
    try (Composition composition =
        Composition.open(settings, console.progress(), console::counted)) {
      LockReport done =
          new Engine(composition, surroundings().clock(), console.progress()).lock(all);
      List<String> lines = LockText.lines(composition.url(), done);
      Report report = Report.closing(lines, LockResult.of(composition.url(), done));
      try {
        done.requireGood();
        return done.extended() > 0 ? report.having(lines.get(0)) : report;
      } catch (RunException e) {
        return report.failing(Failure.of(e));
      }
    }
  }

  @Override
  List<Advice> afterInterrupt() {
    return List.of(new Advice(
        "What was extended stays. To resume, run the same command again",
        given().command()));
  }
}
