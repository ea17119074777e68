package io.coldstream.cli.command;

import io.coldstream.cli.compose.Composition;
import io.coldstream.cli.compose.Engine;
import io.coldstream.cli.output.Advice;
import io.coldstream.cli.output.Column;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.output.Table;
import io.coldstream.cli.settings.RetentionSettings;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.prune.PrunePlan;
import io.coldstream.core.prune.PruneReport;
import io.coldstream.core.prune.PruneRequest;
import io.coldstream.core.prune.policy.Decision;
import io.coldstream.core.repository.Amount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes old backups. */
@Command(
    name = "prune",
    description = {
      "Removes backups that no rule keeps, and what no backup needs any more. Prints the plan; acts"
          + " only with --confirm.",
      "A backup is kept if one of the rules --keep-... keeps it. The newest backup is always kept."
    })
final class PruneCommand extends AgentCommand {

  private static final Duration SHORT_GRACE = Duration.ofDays(1);

  @Option(
      names = {"-n", "--dry-run"},
      description = "Print the plan and remove nothing, also with --confirm.")
  private boolean dryRun;

  PruneCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  boolean changes() {
    return !dryRun;
  }

  @Override
  List<Setting> accepted() {
    return List.of(
        Setting.REPO,
        Setting.KEEP_LAST,
        Setting.KEEP_HOURLY,
        Setting.KEEP_DAILY,
        Setting.KEEP_WEEKLY,
        Setting.KEEP_MONTHLY,
        Setting.KEEP_YEARLY,
        Setting.KEEP_WITHIN,
        Setting.KEEP_LABEL,
        Setting.KEEP_AT_LEAST,
        Setting.PRUNE_GRACE,
        Setting.CONFIRM);
  }

  @Override
  Report run(Settings settings, Console console) throws Exception {
    RetentionSettings retention = settings.retention();
    if (retention.policy().isEmpty()) {
      throw usage("no rule says which backups to keep; give one or more of --keep-last,"
          + " --keep-hourly, --keep-daily, --keep-weekly, --keep-monthly, --keep-yearly,"
          + " --keep-within and --keep-label");
    }
    boolean confirmed = retention.confirmed() && !dryRun;
    if (confirmed && retention.grace().compareTo(SHORT_GRACE) < 0) {
      console.warn("a grace of " + Formats.duration(retention.grace())
          + " is safe only if every backup, copy and restore of this repository is shorter");
    }
    try (Composition composition =
        Composition.open(settings, console.progress(), console::counted)) {
      PruneReport done = new Engine(composition, surroundings().clock(), console.progress())
          .prune(new PruneRequest(retention.policy(), retention.grace(), confirmed));
      PruneResult result = PruneResult.of(composition.url(), done);
      List<String> lines = lines(done, composition.url(), retention.grace());
      if (done.done().isEmpty()) {
        lines.add("nothing was removed; --confirm removes it");
        return Report.asked(lines, result);
      }
      done.done()
          .get()
          .refusal()
          .ifPresent(refusal -> console.warn("the store refused to remove "
              + amount(done.done().get().refused()) + "; the first: " + refusal));
      Report report = Report.closing(lines, result);
      return done.done().get().removed().isEmpty()
          ? report
          : report.having(removed(done.done().get().removed().size(), composition.url()));
    }
  }

  @Override
  List<Advice> afterInterrupt() {
    return List.of(new Advice(
        "Every backup that is left is complete. To remove the rest, run the same command again",
        given().command()));
  }

  private List<String> lines(PruneReport report, String url, Duration grace) {
    List<String> lines = new ArrayList<>(table(report.plan().backups()));
    PrunePlan.Amounts plan = report.plan().amounts();
    int all = report.plan().backups().size();
    int removed = report.plan().removed().size();
    lines.add("");
    lines.add(report
        .done()
        .map(done -> removed(done.removed().size(), url))
        .orElse(Formats.count(removed, "backup") + " of " + all + " would be removed from " + url));
    lines.add("  kept           "
        + Formats.count(
            report.done().map(done -> all - done.removed().size()).orElse(all - removed),
            "backup"));
    addAmount(lines, "frees now", plan.freed(), "condemned by an earlier prune");
    addAmount(
        lines,
        "frees later",
        plan.condemned(),
        "condemned now; a prune after " + grace(grace) + " removes it");
    addAmount(lines, "waiting", plan.waiting(), "condemned less than " + grace(grace) + " ago");
    addAmount(lines, "too young", plan.young(), "stored less than " + grace(grace) + " ago");
    addAmount(lines, "leftovers", plan.leftovers(), "notes and results that nothing needs");
    report.done().ifPresent(done -> {
      lines.add("  removed        " + amount(done.deleted()));
      if (done.refused().objects() > 0) {
        lines.add("  REFUSED        " + amount(done.refused()) + ": the store keeps them");
      }
      if (done.uploads().found() > 0) {
        lines.add("  unfinished     " + Formats.count(done.uploads().removed(), "upload") + " of "
            + done.uploads().found() + " removed");
      }
    });
    lines.add("  took           " + Formats.duration(report.duration()));
    return lines;
  }

  private List<String> table(List<Decision> backups) {
    Table table = new Table(
        Column.number("BACKUP"),
        Column.text("MADE").droppedAs(2),
        Column.cut("LABEL").droppedAs(1),
        Column.text("PLAN"),
        Column.wrapped("REASON"));
    for (Decision decision : backups) {
      table.row(
          Long.toString(decision.backup().sequence()),
          Formats.option(decision.backup().time()),
          decision.backup().label().orElse(""),
          decision.isKept() ? "keep" : "remove",
          String.join(", ", decision.reasons()));
    }
    return table.lines(surroundings().terminal().outColumns());
  }

  private static String removed(int number, String url) {
    return Formats.count(number, "backup") + " removed from " + url;
  }

  private static void addAmount(List<String> lines, String name, Amount amount, String what) {
    if (amount.objects() > 0) {
      lines.add("  " + name + " ".repeat(15 - name.length()) + amount(amount) + ", " + what);
    }
  }

  private static String amount(Amount amount) {
    return Formats.count(amount.objects(), "object") + ", " + Formats.size(amount.bytes());
  }

  private static String grace(Duration grace) {
    return grace.toHours() >= 48 && grace.toHours() % 24 == 0
        ? Formats.count(grace.toDays(), "day")
        : Formats.duration(grace);
  }
}
