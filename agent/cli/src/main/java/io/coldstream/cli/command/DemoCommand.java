package io.coldstream.cli.command;

import io.coldstream.cli.demo.Demo;
import io.coldstream.cli.output.BackupJson;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.output.ShellCommand;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what all this is about; needs nothing but the jar. */
@Command(
    name = "demo",
    description =
        "Backs up a small real database, destroys it, restores it and compares every byte.")
final class DemoCommand extends AgentCommand {

  @Option(names = "--keep", description = "Keep the demo's folder, so that you can look at it.")
  private boolean keep;

  DemoCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  List<Setting> accepted() {
    return List.of();
  }

  /** It works wherever it is tried: no configuration can be in its way. */
  @Override
  Surroundings configuredBy() {
    return surroundings().unconfigured();
  }

  @Override
  boolean changes() {
    return true;
  }

  @Override
  Report run(Settings settings, Console console) throws Exception {
    Instant begun = surroundings().clock().instant();
    Path folder = Files.createTempDirectory("coldstream-demo-").toRealPath();
    try {
      RunListener quieter = event -> {
        if (settings.output().verbose() && !(event instanceof RunEvent.Warning)) {
          console.progress().on(event);
        }
      };
      Demo demo = new Demo(folder, surroundings().clock(), quieter, console::say);
      return report(demo.run(), Duration.between(begun, surroundings().clock().instant()), folder);
    } finally {
      if (!keep) {
        remove(folder, console);
      }
    }
  }

  private Report report(Demo.Result result, Duration took, Path folder) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("The demo succeeded in " + Formats.duration(took) + ". Compared: "
        + Formats.count(result.comparedFiles(), "file") + ", "
        + Formats.size(result.comparedBytes())
        + ".");
    lines.add(
        keep
            ? "The demo's files are in " + folder + "; remove that folder when you are done."
            : "The demo's folder was removed; --keep would keep it.");
    lines.add("Back up your own database with:");
    ShellCommand own = new ShellCommand(
        List.of("coldstream", "backup", "--db", "DIR", "--repo", "s3://bucket/prefix"));
    lines.add(own.line());
    DemoResult document = new DemoResult(
        result.backups().stream().map(b -> BackupJson.of(b, Optional.empty())).toList(),
        result.comparedFiles(),
        result.comparedBytes(),
        keep ? Optional.of(folder.toString()) : Optional.empty(),
        Formats.seconds(took));
    return Report.closing(lines, document).with(List.of(own));
  }

  private static void remove(Path folder, Console console) {
    try {
      Demo.remove(folder);
    } catch (IOException e) {
      console.warn(folder + " could not be removed: " + e.getMessage());
    }
  }
}
