package io.coldstream.cli.command;

import io.coldstream.cli.compose.Composition;
import io.coldstream.cli.compose.Engine;
import io.coldstream.cli.output.Advice;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Failure;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.output.ShellCommand;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.verify.Finding;
import io.coldstream.core.verify.VerifyOptions;
import io.coldstream.core.verify.VerifyReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks what is on the store. */
@Command(
    name = "verify",
    description =
        "Checks that backups can be restored, and prints the commands that repair faults.")
final class VerifyCommand extends AgentCommand {

  @Option(
      names = "--backup",
      paramLabel = "SEQ",
      converter = Sequence.class,
      description = "Check only this backup. Default: all backups.")
  private Optional<Long> backup = Optional.empty();

  @ArgGroup
  private Depth depth;

  /** How closely it looks. */
  static final class Depth {
    @Option(
        names = "--structure",
        description =
            "Check that every object exists with the right length, and read the checkpoints. The"
                + " default.")
    private boolean structure;

    @Option(
        names = "--sample",
        paramLabel = "N%",
        converter = Percent.class,
        description = "Also read a random part of the objects, for example 5%%.")
    private Double sample;

    @Option(names = "--data", description = "Read every byte and compare every digest.")
    private boolean data;

    VerifyOptions options() {
      if (sample != null) {
        return VerifyOptions.sample(sample);
      }
      return data ? VerifyOptions.data() : VerifyOptions.structure();
    }
  }

  VerifyCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  List<Setting> accepted() {
    return List.of(Setting.REPO);
  }

  @Override
  Report run(Settings settings, Console console) throws Exception {
    VerifyOptions all = depth == null ? VerifyOptions.structure() : depth.options();
    VerifyOptions options = backup.isPresent() ? all.ofBackup(backup.get()) : all;
    try (Composition composition =
        Composition.open(settings, console.progress(), console::counted)) {
      Engine engine = new Engine(composition, surroundings().clock(), console.progress());
      Instant begun = surroundings().clock().instant();
      VerifyReport found = engine.verify(options);
      Duration took = Duration.between(begun, surroundings().clock().instant());
      List<ShellCommand> repairs = found.findings().stream()
          .flatMap(f -> repair(f).flatMap(Advice::command).stream())
          .toList();
      Report report = Report.closing(
              lines(found, composition.url(), options, took),
              VerifyResult.of(found, took, given()::advice))
          .with(repairs);
      return verdict(found).map(report::failing).orElse(report);
    }
  }

  private Optional<Failure> verdict(VerifyReport found) {
    try {
      found.requireGood();
      return Optional.empty();
    } catch (RunException e) {
      return Optional.of(failure(e));
    }
  }

  private List<String> lines(VerifyReport found, String url, VerifyOptions options, Duration took) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : found.findings()) {
      lines.add("FAULT  " + finding.fault());
      lines.add("       needed by " + backups(finding));
      repair(finding).ifPresent(step -> lines.addAll(step.lines("       ")));
    }
    found.notes().forEach(note -> lines.add("note   " + note));
    lines.add((found.isGood() ? url + " has no faults" : url + " HAS FAULTS"));
    lines.add("  checked        " + Formats.count(found.backups(), "backup") + ", "
        + Formats.count(found.objects(), "object") + " present with the right length");
    lines.add("  read           " + Formats.count(found.readObjects(), "object") + ", "
        + Formats.size(found.readBytes())
        + (options.depth() == VerifyOptions.Depth.STRUCTURE
            ? " (--data reads and compares every byte)"
            : ", every byte compared"));
    lines.add("  took           " + Formats.duration(took));
    return lines;
  }

  private Optional<Advice> repair(Finding finding) {
    return finding.repair().map(given()::advice);
  }

  private static String backups(Finding finding) {
    return finding.firstBackup() == finding.lastBackup()
        ? "backup " + finding.firstBackup()
        : "backups " + finding.firstBackup() + " to " + finding.lastBackup();
  }
}
