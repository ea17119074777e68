package io.coldstream.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.coldstream.cli.output.Formats;
import io.coldstream.core.drill.DrillReport;
import io.coldstream.core.drill.events.LoggedEvent;
import io.coldstream.store.ObjectName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The result of {@code drill} in {@code json-output.md}.
 *
 * @param proved whether the backup is proved
 * @param log what was restored
 * @param server what was started
 * @param compared how many events were compared
 * @param failure why the backup is not proved
 * @param times how long everything took
 * @param object where the result is stored
 * @param folder the drill's folder, where it stays
 */
record DrillResult(
    boolean proved,
    @JsonUnwrapped Log log,
    Server server,
    Compared compared,
    @JsonInclude(Include.ALWAYS) Optional<Failure> failure,
    @JsonUnwrapped Times times,
    @JsonInclude(Include.ALWAYS) Optional<ObjectName> object,
    @JsonInclude(Include.ALWAYS) Optional<String> folder) {

  /** What was restored. */
  record Log(
      long sequence,
      String arrangement,
      long position,
      @JsonInclude(Include.ALWAYS) Optional<Event> lastEvent) {}

  /** The last event of the restored log. */
  record Event(String stream, long number, String id, long position) {
    static Event of(LoggedEvent event) {
      return new Event(event.stream(), event.number(), event.id().toString(), event.position());
    }
  }

  /** The server. */
  record Server(
      String name,
      @JsonInclude(Include.ALWAYS) Optional<String> version,
      int starts,
      boolean killed) {}

  /** How many events were compared, and how. */
  record Compared(int tail, int streams, int hidden) {}

  /** Why the backup is not proved. */
  record Failure(String step, List<String> faults, List<String> output) {}

  /** How long everything took. */
  record Times(
      List<StepSeconds> steps,
      @JsonInclude(Include.ALWAYS) Optional<Double> readySeconds,
      double seconds) {}

  /** How long a step took. */
  record StepSeconds(String step, double seconds) {}

  static DrillResult of(DrillReport report) {
    DrillReport.Server server = report.server();
    return new DrillResult(
        report.isProved(),
        new Log(
            report.plan().backup().sequence(),
            report.plan().checkpointMode().toString(),
            report.plan().position(),
            report.last().map(Event::of)),
        new Server(server.name(), server.version(), server.starts(), server.killed()),
        new Compared(
            report.compared().tail(),
            report.compared().streams(),
            report.compared().hidden()),
        report.failure().map(f -> new Failure(Formats.name(f.step()), f.faults(), f.output())),
        times(report),
        report.stored(),
        report.kept().map(Path::toString));
  }

  private static Times times(DrillReport report) {
    return new Times(
        report.steps().stream()
            .map(step -> new StepSeconds(Formats.name(step.step()), Formats.seconds(step.took())))
            .toList(),
        report.ready().map(Formats::seconds),
        Formats.seconds(report.took()));
  }
}
