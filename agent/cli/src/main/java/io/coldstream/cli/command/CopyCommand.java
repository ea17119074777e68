package io.coldstream.cli.command;

import io.coldstream.cli.compose.CopySetup;
import io.coldstream.cli.output.Advice;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Failure;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.settings.RepositoryAddress;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.copy.CopiedBackup;
import io.coldstream.core.copy.CopiedBackup.Outcome;
import io.coldstream.core.copy.CopyFault;
import io.coldstream.core.copy.CopyReport;
import io.coldstream.core.copy.CopyRequest;
import io.coldstream.core.copy.Selection;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies backups to another place. */
@Command(
    name = "copy",
    description = {
      "Copies backups of the repository to another place, on any provider; sends only what is"
          + " missing there and compares every byte.",
      "Without --backup and --all it copies the newest backup. All bytes pass through this machine."
    })
final class CopyCommand extends AgentCommand {

  @Option(
      names = "--to",
      paramLabel = "URL",
      required = true,
      description = "The URL of the copy: an empty place, or an earlier copy.")
  private String to;

  @ArgGroup
  private Which which;

  /** Which backups. */
  static final class Which {
    @Option(
        names = "--backup",
        paramLabel = "SEQ",
        converter = Sequence.class,
        description = "Copy only this backup.")
    private Long backup;

    @Option(names = "--all", description = "Copy every backup, the newest first.")
    private boolean all;

    Selection selection() {
      return all ? Selection.ALL : Selection.of(backup);
    }
  }

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      converter = ShardChoice.Converter.class,
      description = "Copy only one of N shares of the objects; N processes with I from 1 to N copy"
          + " everything, and the last one writes the manifests. /N and auto take I from the job's"
          + " environment, as verify does.")
  private Optional<ShardChoice> shard = Optional.empty();

  @Option(
      names = {"-n", "--dry-run"},
      description = "Print the plan and copy nothing.")
  private boolean dryRun;

  CopyCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  boolean changes() {
    return !dryRun;
  }

  @Override
  List<Setting> accepted() {
    return List.of(Setting.REPO);
  }

  @Override
  Report run(Settings settings, Console console) throws Exception {
    RepositoryAddress address = settings.addresses().target().address(to);
    CopyRequest request =
        new CopyRequest(which == null ? Selection.NEWEST : which.selection(), shard(), dryRun);
    CopyReport done = new CopySetup(settings, address, surroundings().clock())
        .copy(request, console.progress(), console::counted);
    Report report = report(done, settings.requiredRepository().toString(), address.toString());
    return verdict(done).map(report::failing).orElse(report);
  }

  private Shard shard() throws RunException {
    return shard.isPresent() ? shard.get().in(surroundings()) : Shard.WHOLE;
  }

  private Report report(CopyReport done, String from, String to) {
    CopyResult result = CopyResult.of(from, to, done, given()::advice);
    if (done.dryRun()) {
      List<String> lines = new ArrayList<>(done.plan().lines(Formats::size));
      lines.add("dry run: nothing was copied");
      return Report.asked(lines, result);
    }
    List<String> lines = lines(done, from, to);
    Report report = Report.closing(lines, result);
    return done.count(Outcome.COPIED) > 0 ? report.having(lines.get(0)) : report;
  }

  private Optional<Failure> verdict(CopyReport done) {
    try {
      done.requireGood();
      return Optional.empty();
    } catch (RunException e) {
      return Optional.of(failure(e));
    }
  }

  @Override
  List<Advice> afterInterrupt() {
    return List.of(new Advice(
        "What was sent stays at the target. To resume, run the same command again",
        given().command()));
  }

  private List<String> lines(CopyReport done, String from, String to) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Formats.count(done.count(Outcome.COPIED), "backup") + " of " + from + " copied to " + to);
    addBackups(lines, "copied", done, Outcome.COPIED);
    addBackups(lines, "there before", done, Outcome.PRESENT);
    addBackups(lines, "waiting", done, Outcome.WAITING);
    addBackups(lines, "deleted", done, Outcome.GONE);
    addBackups(lines, "blocked", done, Outcome.BLOCKED);
    addBackups(lines, "NOT COPIED", done, Outcome.DAMAGED);
    for (CopyFault fault : done.faults()) {
      lines.add("  FAULT          " + fault.fault());
    }
    lines.add("  sent           " + Formats.count(done.sent().objects(), "object") + ", "
        + Formats.size(done.sent().bytes()) + ", every byte compared");
    lines.add("  present        " + Formats.count(done.plan().presentObjects(), "object") + ", "
        + Formats.size(done.plan().presentBytes()));
    if (done.sent().resumedObjects() > 0) {
      lines.add("  resumed        " + Formats.count(done.sent().resumedObjects(), "object")
          + ", with " + Formats.count(done.sent().resumedParts(), "part") + " sent before");
    }
    if (done.count(Outcome.WAITING) > 0) {
      lines.add(
          "  shard          its objects are there; the shard that ends last writes the manifests");
    }
    lines.add("  took           " + Formats.duration(done.duration()));
    return lines;
  }

  private static void addBackups(
      List<String> lines, String label, CopyReport done, Outcome outcome) {
    List<Long> numbers = done.backups().stream()
        .filter(backup -> backup.outcome() == outcome)
        .map(CopiedBackup::sequence)
        .toList();
    if (!numbers.isEmpty()) {
      lines.add("  " + label + " ".repeat(15 - label.length())
          + (numbers.size() == 1 ? "backup " : "backups ")
          + numbers.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
  }
}
