package io.coldstream.cli.output;

import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.event.RunEvent;
import io.coldstream.core.event.RunListener;
import io.coldstream.core.event.Step;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Shows how far a run is: a bar with rate and time left on a terminal, a plain line now and then
 * elsewhere. It draws when something happens and has no thread. Thread-safe.
 */
final class Progress implements RunListener {

  private static final Duration BETWEEN_BARS = Duration.ofMillis(200);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final int BAR_CELLS = 24;
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintStream err;
  private final boolean shown;
  private final boolean terminal;
  private final boolean verbose;
  private final Clock clock;
  private final Consumer<String> warnings;

  private Step step = Step.CAPTURE;
  private long plannedBytes;
  private long movedBytes;
  private long firstMoveMillis;
  private long lastDrawnMillis;
  private boolean barStands;

  /**
   * A display.
   *
   * @param surroundings the stream, and whether it is a terminal
   * @param shown false: warnings are passed on, nothing is displayed
   * @param verbose a line for every file
   * @param warnings is given each warning
   */
  Progress(Surroundings surroundings, boolean shown, boolean verbose, Consumer<String> warnings) {
    this.err = surroundings.err();
    this.clock = surroundings.clock();
    this.terminal = surroundings.terminal();
    this.shown = shown;
    this.verbose = verbose;
    this.warnings = warnings;
    this.lastDrawnMillis = clock.millis();
  }

  @Override
  public void on(RunEvent event) {
    // Not under this object's lock: the console takes its own first, then this one's.
    if (event instanceof RunEvent.Warning warning) {
      warnings.accept(warning.text());
    } else if (shown) {
      show(event);
    }
  }

  private synchronized void show(RunEvent event) {
    if (event instanceof RunEvent.StepStarted started) {
      step = started.step();
      if (verbose) {
        line(words(step));
      }
      draw(false);
    } else if (event instanceof RunEvent.Planned planned) {
      plannedBytes = planned.bytes();
      movedBytes = 0;
      firstMoveMillis = clock.millis();
    } else if (event instanceof RunEvent.Transferred transferred) {
      movedBytes += transferred.bytes();
      draw(movedBytes >= plannedBytes);
    } else if (event instanceof RunEvent.Resumed resumed) {
      plannedBytes = Math.max(movedBytes, plannedBytes - resumed.bytesThere());
      line(resumed.file() + ": " + resumed.partsThere() + " of " + resumed.parts()
          + " parts were already there");
    } else if (event instanceof RunEvent.FileDone file && verbose) {
      line("  " + file.name() + " (" + Words.size(file.bytes()) + ")");
    } else if (event instanceof RunEvent.Repeated again) {
      line(again.what() + " again (" + again.attempt() + "): " + Redaction.of(again.why()));
    }
  }

  /** Takes the bar away, so that something else can be printed. */
  synchronized void pause() {
    if (barStands) {
      err.print(CLEAR_LINE);
      err.flush();
      barStands = false;
    }
  }

  private void line(String text) {
    pause();
    err.println(text);
  }

  private void draw(boolean complete) {
    long now = clock.millis();
    Duration since = Duration.ofMillis(now - lastDrawnMillis);
    Duration between = terminal ? BETWEEN_BARS : BETWEEN_LINES;
    if (since.compareTo(between) < 0 && !(complete && terminal)) {
      return;
    }
    lastDrawnMillis = now;
    if (terminal) {
      err.print(CLEAR_LINE + bar(now));
      err.flush();
      barStands = true;
    } else {
      err.println(words(step) + ": " + amounts(now));
    }
  }

  private String bar(long now) {
    if (plannedBytes == 0) {
      return words(step) + " ...";
    }
    int cells = (int) (BAR_CELLS * Math.min(1, (double) movedBytes / plannedBytes));
    return String.format(
        Locale.ROOT,
        "%-20s [%s%s] %s",
        words(step),
        "#".repeat(cells),
        " ".repeat(BAR_CELLS - cells),
        amounts(now));
  }

  private String amounts(long now) {
    if (plannedBytes == 0) {
      return "under way";
    }
    long moved = Math.min(movedBytes, plannedBytes);
    String text = String.format(
        Locale.ROOT,
        "%3d %% of %s",
        Math.round(Math.floor(100.0 * moved / plannedBytes)),
        Words.size(plannedBytes));
    long millis = now - firstMoveMillis;
    if (moved == 0 || millis < 1000) {
      return text;
    }
    double perSecond = moved * 1000.0 / millis;
    Duration left = Duration.ofSeconds((long) ((plannedBytes - moved) / perSecond));
    text += ", " + Words.size((long) perSecond) + "/s";
    return moved == plannedBytes ? text : text + ", " + Words.duration(left) + " left";
  }

  static String words(Step step) {
    return switch (step) {
      case CAPTURE -> "reading the database";
      case PLAN -> "planning";
      case UPLOAD_CHECKPOINTS -> "sending checkpoints";
      case UPLOAD_INDEX -> "sending the index";
      case UPLOAD_CHUNKS -> "sending chunks";
      case COMMIT -> "committing";
      case PREFLIGHT -> "looking at target";
      case DOWNLOAD -> "fetching files";
      case ARRANGE -> "arranging files";
      case VERIFY -> "verifying";
      case EXAMINE -> "examining the store";
    };
  }
}
