package io.coldstream.cli.output;

import io.coldstream.cli.settings.Surroundings;
import io.coldstream.cli.settings.Terminal;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * The progress of a run for programs: a JSON object in one line of standard error, every ten seconds
 * while something happens. A run that ends before has none. Thread-safe.
 */
final class JsonProgress implements RunListener {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final String command;
  private final LinePrinter lines;
  private final boolean shown;
  private final Clock clock;
  private final Consumer<String> warnings;
  private final Instant begun;

  private Step step = Step.CAPTURE;
  private long plannedBytes;
  private long movedBytes;
  private Instant lastShown;

  /** A line, which is no document: it has neither {@code exit} nor {@code result}. */
  record Line(int coldstream, String command, Amounts progress) {}

  /** How far the run is. */
  record Amounts(String step, long plannedBytes, long movedBytes, double seconds) {}

  /**
   * A display.
   *
   * @param command what runs
   * @param surroundings the stream and the clock
   * @param shown false: warnings are passed on, nothing is displayed
   * @param warnings is given each warning
   */
  JsonProgress(
      String command, Surroundings surroundings, boolean shown, Consumer<String> warnings) {
    this.command = command;
    this.lines = new LinePrinter(surroundings.err(), () -> Terminal.UNLIMITED);
    this.shown = shown;
    this.clock = surroundings.clock();
    this.warnings = warnings;
    this.begun = clock.instant();
    this.lastShown = begun;
  }

  @Override
  public void on(RunEvent event) {
    // Not under this object's lock: the console takes its own first.
    if (event instanceof RunEvent.Warning warning) {
      warnings.accept(warning.text());
    } else if (shown) {
      count(event);
    }
  }

  private synchronized void count(RunEvent event) {
    if (event instanceof RunEvent.StepStarted started) {
      step = started.step();
    } else if (event instanceof RunEvent.Planned planned) {
      plannedBytes = planned.bytes();
      movedBytes = 0;
    } else if (event instanceof RunEvent.Transferred transferred) {
      movedBytes += transferred.bytes();
    } else if (event instanceof RunEvent.Resumed resumed) {
      plannedBytes = Math.max(movedBytes, plannedBytes - resumed.bytesThere());
    }
    Instant now = clock.instant();
    if (Duration.between(lastShown, now).compareTo(BETWEEN_LINES) >= 0) {
      lastShown = now;
      Amounts amounts = new Amounts(
          Formats.name(step),
          plannedBytes,
          movedBytes,
          Formats.seconds(Duration.between(begun, now)));
      Line line = new Line(Document.FORMAT, command, amounts);
      lines.print(new String(Json.line(line), StandardCharsets.UTF_8).strip());
    }
  }
}
