package io.coldstream.cli.output;

import io.coldstream.cli.settings.Surroundings;
import io.coldstream.cli.settings.Terminal;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.events.Step;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Shows the progress of a run: a bar on a terminal, otherwise occasional lines. It draws when
 * something happens and has no thread. Thread-safe.
 */
final class Progress implements RunListener {

  private static final Duration BETWEEN_BARS = Duration.ofMillis(200);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final int BAR_CELLS = 24;
  private static final int MIN_BAR_CELLS = 4;
  private static final int AMOUNTS_COLUMNS =
      "100 % of 999.9 GiB, 999.9 MiB/s, 59 min 59 s left".length();
  private static final String CLEAR_LINE = "\r\033[K";

  /** While a bar is drawn, a terminal that has just become narrower does not begin a new line. */
  private static final String NO_WRAP = "\033[?7l";

  private static final String WRAP = "\033[?7h";

  private final PrintStream err;
  private final LinePrinter lines;
  private final boolean shown;
  private final Terminal terminal;
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
    this.lines = new LinePrinter(err, surroundings.terminal()::errColumns);
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
          + " parts were uploaded before");
    } else if (event instanceof RunEvent.FileDone file && verbose) {
      line("  " + file.name() + " (" + Formats.size(file.bytes()) + ")");
    } else if (event instanceof RunEvent.Repeated again) {
      line(
          "repeating " + again.what() + " (" + again.attempt() + "): " + Redaction.of(again.why()));
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
    lines.print(text);
  }

  private void draw(boolean complete) {
    long now = clock.millis();
    Duration since = Duration.ofMillis(now - lastDrawnMillis);
    Duration between = terminal.err() ? BETWEEN_BARS : BETWEEN_LINES;
    if (since.compareTo(between) < 0 && !(complete && terminal.err())) {
      return;
    }
    lastDrawnMillis = now;
    if (terminal.err()) {
      // Not in the last column: some terminals go on to the next line there.
      err.print(CLEAR_LINE + NO_WRAP + bar(now, terminal.errColumns() - 1) + WRAP);
      err.flush();
      barStands = true;
    } else {
      line(words(step) + ": " + String.join(", ", amounts(now)));
    }
  }

  /** One line, whatever the width: the bar becomes shorter, then it goes, then the time left. */
  private String bar(long now, int columns) {
    List<String> amounts = amounts(now);
    String name = words(step) + " ";
    // Not what the amounts take just now: the bar keeps its length while they change theirs.
    int cells = Math.min(BAR_CELLS, columns - name.length() - AMOUNTS_COLUMNS - "[] ".length());
    String text = name + String.join(", ", amounts);
    if (plannedBytes > 0 && cells >= MIN_BAR_CELLS) {
      int done = (int) (cells * Math.min(1, (double) movedBytes / plannedBytes));
      text = name + "[" + "#".repeat(done) + " ".repeat(cells - done) + "] "
          + String.join(", ", amounts);
    }
    for (int left = amounts.size(); left > 0 && text.length() > columns; left--) {
      text = name + String.join(", ", amounts.subList(0, left));
    }
    return Columns.cut(text, Math.max(1, columns));
  }

  /** Share, rate and time left, as far as they are known. */
  private List<String> amounts(long now) {
    if (plannedBytes == 0) {
      return List.of(terminal.err() ? "..." : "in progress");
    }
    long moved = Math.min(movedBytes, plannedBytes);
    List<String> amounts = new ArrayList<>();
    amounts.add(String.format(
        Locale.ROOT,
        "%3d %% of %s",
        Math.round(Math.floor(100.0 * moved / plannedBytes)),
        Formats.size(plannedBytes)));
    long millis = now - firstMoveMillis;
    if (moved > 0 && millis >= 1000) {
      double perSecond = moved * 1000.0 / millis;
      amounts.add(Formats.size((long) perSecond) + "/s");
      if (moved < plannedBytes) {
        Duration left = Duration.ofSeconds((long) ((plannedBytes - moved) / perSecond));
        amounts.add(Formats.duration(left) + " left");
      }
    }
    return amounts;
  }

  static String words(Step step) {
    return switch (step) {
      case CAPTURE -> "reading the database";
      case PLAN -> "planning";
      case UPLOAD_CHECKPOINTS -> "sending checkpoints";
      case UPLOAD_INDEX -> "sending the index";
      case UPLOAD_CHUNKS -> "sending chunks";
      case COMMIT -> "committing";
      case PREFLIGHT -> "checking target";
      case DOWNLOAD -> "fetching files";
      case COPY -> "copying";
      case LOCK -> "extending locks";
      case ARRANGE -> "arranging files";
      case SAMPLE -> "choosing events";
      case START_SERVER -> "starting the server";
      case COMPARE -> "comparing events";
      case STOP_SERVER -> "stopping the server";
      case PRUNE -> "removing";
      case VERIFY -> "verifying";
      case EXAMINE -> "examining the store";
    };
  }
}
