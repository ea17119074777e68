package io.coldstream.cli.command;

import io.coldstream.cli.compose.DoctorSetup;
import io.coldstream.cli.output.Column;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Failure;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.output.Table;
import io.coldstream.cli.settings.RepositoryAddress;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.doctor.CheckResult;
import io.coldstream.core.doctor.Doctor;
import io.coldstream.core.doctor.DoctorReport;
import io.coldstream.core.doctor.Outcome;
import io.coldstream.core.doctor.Role;
import io.coldstream.core.support.failure.RunException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Proves on the real store what Coldstream needs of it. */
@Command(
    name = "doctor",
    description = {
      "Tests on the store each kind of request that Coldstream makes, and names the permissions"
          + " that are missing. Uploads about " + Doctor.SENT_MIB + " MiB under the prefix doctor/,"
          + " or up to " + Doctor.MAX_SENT_MIB + " MiB if the store cannot resume uploads, and"
          + " deletes it again. Objects of backups are only listed and read.",
      "Run it with each of your identities, starting with the writer."
    })
final class DoctorCommand extends AgentCommand {

  @Option(
      names = "--expect",
      paramLabel = "writer|restorer|pruner",
      converter = ExpectedRole.class,
      description = "The role of this identity. What the role must not do is tested too and has"
          + " to be denied. By default the identity may do everything.")
  private Role expected = Role.ANY;

  DoctorCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  List<Setting> accepted() {
    return List.of(Setting.REPO);
  }

  @Override
  boolean changes() {
    return true;
  }

  @Override
  Report run(Settings settings, Console console) throws Exception {
    RepositoryAddress address = settings.requiredRepository();
    Instant begun = surroundings().clock().instant();
    DoctorReport found = DoctorSetup.examine(settings, expected, console.progress());
    Duration took = Duration.between(begun, surroundings().clock().instant());
    String url = address.toString();
    Report report = Report.asked(lines(found, url, took), DoctorResult.of(found, url, took));
    return verdict(found, settings.output().json()).map(report::failing).orElse(report);
  }

  /** People have read the faults in the table; a document has its error in one text. */
  private Optional<Failure> verdict(DoctorReport found, boolean json) {
    try {
      found.requireGood();
      return Optional.empty();
    } catch (RunException e) {
      Failure whole = failure(e);
      return Optional.of(
          json || found.count(Outcome.FAILED) == 0
              ? whole
              : new Failure(whole.kind(), List.of(failed(found)), whole.stack()));
    }
  }

  private static String failed(DoctorReport found) {
    List<String> names = found.results().stream()
        .filter(result -> result.outcome() == Outcome.FAILED)
        .map(CheckResult::name)
        .toList();
    return names.size() + " of " + Formats.count(found.results().size(), "check") + " failed: "
        + String.join(", ", names);
  }

  private List<String> lines(DoctorReport found, String url, Duration took) {
    Table table =
        new Table(Column.text("CHECK"), Column.text("RESULT"), Column.wrapped("WHAT WAS MET"));
    for (CheckResult result : found.results()) {
      if (!found.stopped() || result.outcome() != Outcome.SKIPPED) {
        table.row(result.name(), word(result.outcome()), result.what());
      }
    }
    List<String> lines = new ArrayList<>(table.lines(surroundings().terminal().outColumns()));
    if (found.stopped()) {
      lines.add("nothing else could be tried ("
          + Formats.count(found.count(Outcome.SKIPPED), "check") + ")");
    }
    List<CheckResult> advised =
        found.results().stream().filter(r -> !r.advice().isEmpty()).toList();
    if (!advised.isEmpty()) {
      lines.add("");
      lines.add("What to do:");
    }
    for (CheckResult result : advised) {
      lines.add("  " + result.name() + ": " + result.advice());
    }
    lines.add("");
    lines.add(url
        + (found.count(Outcome.FAILED) == 0 ? " is fit" : " is NOT fit")
        + (found.role() == Role.ANY ? "" : " for a " + Formats.name(found.role())));
    lines.add("  " + Formats.count(found.count(Outcome.PASSED), "check") + " passed, "
        + Formats.count(found.count(Outcome.WARNING), "warning") + ", "
        + found.count(Outcome.SKIPPED) + " not tried, " + found.count(Outcome.FAILED)
        + " failed; took " + Formats.duration(took));
    return lines;
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case PASSED -> "ok";
      case WARNING -> "WARNING";
      case SKIPPED -> "-";
      case FAILED -> "FAILED";
    };
  }
}
