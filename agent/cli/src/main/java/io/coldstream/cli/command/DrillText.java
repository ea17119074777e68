package io.coldstream.cli.command;

import io.coldstream.cli.output.Formats;
import io.coldstream.core.drill.DrillReport;
import io.coldstream.core.drill.DrillReport.Failure;
import io.coldstream.core.drill.StepTime;
import io.coldstream.core.drill.events.Compared;
import io.coldstream.core.support.events.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Formats the result of a drill as text. */
final class DrillText {

  private DrillText() {}

  static List<String> lines(DrillReport report) {
    List<String> lines = new ArrayList<>();
    report.failure().ifPresent(failure -> addFailure(lines, failure));
    String backup = "backup " + report.plan().backup().sequence();
    lines.add(
        report.isProved()
            ? backup + " is proved: a server started on it and answered the stored events"
            : backup + " is NOT PROVED");
    lines.add("  log ends at    position " + Formats.position(report.plan().position())
        + report
            .plan()
            .positionTime()
            .map(t -> ", last record of " + Formats.time(t))
            .orElse(""));
    report
        .last()
        .ifPresent(event -> lines.add("  last event     " + event.text() + ", " + event.id()));
    lines.add("  checkpoints    " + report.plan().checkpointMode());
    lines.add("  index          " + (report.plan().keepsIndex() ? "restored" : "excluded"));
    lines.add("  server         " + server(report.server()));
    lines.add("  compared       " + compared(report.compared()));
    report
        .ready()
        .ifPresent(ready -> lines.add(
            "  ready after    " + Formats.duration(ready) + " (restored, started, ready)"));
    lines.add("  steps          "
        + report.steps().stream().map(DrillText::step).collect(Collectors.joining(", ")));
    lines.add("  took           " + Formats.duration(report.took()));
    report.stored().ifPresent(object -> lines.add("  stored         " + object));
    report
        .kept()
        .ifPresent(folder -> lines.add(
            "  kept           " + folder + "; remove it when you are done. No server runs on it"));
    return lines;
  }

  private static void addFailure(List<String> lines, Failure failure) {
    failure.faults().forEach(fault -> lines.add("FAULT  " + words(failure.step()) + ": " + fault));
    if (!failure.output().isEmpty()) {
      lines.add("       the server printed last:");
      failure.output().forEach(line -> lines.add("       | " + line));
    }
  }

  private static String words(Step step) {
    return Formats.name(step).replace('-', ' ');
  }

  private static String step(StepTime step) {
    return words(step.step()) + " " + Formats.duration(step.took());
  }

  private static String server(DrillReport.Server server) {
    String starts = server.starts() > 1 ? ", ready at start " + server.starts() : "";
    return server.name()
        + server.version().map(version -> ", version " + version).orElse("")
        + (server.starts() == 0 ? ", never ready" : starts)
        + (server.killed() ? ", killed because it did not stop" : "");
  }

  private static String compared(Compared compared) {
    return Formats.count(compared.tail(), "event") + " at the end of the log, "
        + Formats.count(compared.streams(), "event") + " by stream with the data"
        + (compared.hidden() == 0
            ? ""
            : ", " + Formats.count(compared.hidden(), "event")
                + " that a stream's limits hide, by place");
  }
}
