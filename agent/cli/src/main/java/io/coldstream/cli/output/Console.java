package io.coldstream.cli.output;

import io.coldstream.cli.settings.OutputSettings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.json.Json;
import io.coldstream.store.decorate.StoreMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one command prints: its result on standard output; progress, warnings and its failure on
 * standard error. With {@code --json} everything is in the one document on standard output.
 * Thread-safe.
 */
public final class Console {

  private final String command;
  private final Surroundings surroundings;
  private final OutputSettings mode;
  private final List<String> warnings = new ArrayList<>();
  private final LinePrinter out;
  private final LinePrinter err;
  private final Progress progress;
  private final RunListener listener;
  private Optional<StoreMetrics> store = Optional.empty();

  /**
   * A console for one command.
   *
   * @param command what it is called
   * @param surroundings the streams
   * @param mode how it talks
   */
  public Console(String command, Surroundings surroundings, OutputSettings mode) {
    this.command = command;
    this.surroundings = surroundings;
    this.mode = mode;
    this.out = new LinePrinter(surroundings.out(), surroundings.terminal()::outColumns);
    this.err = new LinePrinter(surroundings.err(), surroundings.terminal()::errColumns);
    this.progress =
        new Progress(surroundings, !mode.json() && !mode.quiet(), mode.verbose(), this::warn);
    this.listener =
        mode.json() ? new JsonProgress(command, surroundings, !mode.quiet(), this::warn) : progress;
  }

  /** {@return the listener that shows the progress of a run} */
  public RunListener progress() {
    return listener;
  }

  /**
   * Tells something that the user should know.
   *
   * @param text a sentence
   */
  public synchronized void warn(String text) {
    String shown = Redaction.of(text);
    warnings.add(shown);
    if (!mode.json()) {
      progress.pause();
      err.print("warning: " + shown);
    }
  }

  /**
   * Tells of a step, unless quiet.
   *
   * @param line for people
   */
  public synchronized void say(String line) {
    if (!mode.json() && !mode.quiet()) {
      progress.pause();
      out.print(line);
      surroundings.out().flush();
    }
  }

  /**
   * Tells on standard error what a result on standard output took, unless quiet.
   *
   * @param line for people
   */
  public synchronized void note(String line) {
    if (!mode.json() && !mode.quiet()) {
      progress.pause();
      surroundings.out().flush();
      err.print(line);
    }
  }

  /**
   * Receives the statistics of the store before the end; they are shown with {@code --verbose}.
   *
   * @param metrics the numbers
   */
  public synchronized void counted(StoreMetrics metrics) {
    store = Optional.of(metrics).filter(m -> mode.verbose() && !m.verbs().isEmpty());
  }

  /**
   * Ends with a result.
   *
   * @param report what was found or done
   * @return how the process ends
   */
  public synchronized ExitCode done(Report report) {
    progress.pause();
    if (mode.json()) {
      print(report.exitCode(), Optional.of(report.result()), report.failure());
    } else {
      if (report.asked() || !mode.quiet()) {
        report.shownLines().forEach(out::print);
      }
      surroundings.out().flush();
      printStore();
      report.failure().ifPresent(this::printError);
    }
    return ended(report.exitCode(), report.failure(), report.effect());
  }

  /**
   * Prints the failure of the command.
   *
   * @param failure why
   * @return how the process ends
   */
  public synchronized ExitCode failed(Failure failure) {
    progress.pause();
    if (mode.json()) {
      print(failure.exitCode(), Optional.empty(), Optional.of(failure));
    } else {
      printStore();
      printError(failure);
    }
    return ended(failure.exitCode(), Optional.of(failure), Optional.empty());
  }

  /**
   * Ends where something else has printed to standard output, such as the help.
   *
   * @return how the process ends
   */
  public synchronized ExitCode ended() {
    return ended(ExitCode.DONE, Optional.empty(), Optional.empty());
  }

  /** A result that did not arrive is a failure of a command that had none of its own. */
  private ExitCode ended(ExitCode exit, Optional<Failure> failure, Optional<String> effect) {
    Optional<IOException> lost = surroundings.out().failure();
    if (lost.isEmpty()) {
      return exit;
    }
    if (mode.json()) {
      failure.ifPresent(this::printError);
    }
    if (surroundings.out().hasReader()) {
      return exit == ExitCode.DONE ? ExitCode.PIPE_CLOSED : exit;
    }
    err.print(called() + "cannot write to standard output: " + lost.get().getMessage()
        + effect.map(e -> "; " + e + "; only its report is lost").orElse(""));
    return exit == ExitCode.DONE ? ExitCode.FAILED : exit;
  }

  private String called() {
    return ("coldstream " + command).strip() + ": ";
  }

  private void printStore() {
    store.ifPresent(s -> StoreText.lines(s).forEach(err::print));
  }

  private void printError(Failure failure) {
    List<String> lines = failure.lines();
    err.print(called() + lines.get(0));
    lines.subList(1, lines.size()).forEach(err::print);
    if (mode.verbose()) {
      failure.stack().forEach(err::print);
    } else if (failure.exitCode() == ExitCode.FAILED) {
      err.print("run the same command with -v for the stack trace");
    }
    surroundings.err().flush();
  }

  /** Between the texts of a document are none but its own line feeds: each line can be made safe. */
  private void print(ExitCode exit, Optional<Record> result, Optional<Failure> failure) {
    Document document = new Document(
        Document.FORMAT,
        command,
        // A signal's number is known to the parent process, not to the process.
        Optional.of(exit).filter(e -> e != ExitCode.INTERRUPTED).map(ExitCode::number),
        warnings,
        store.map(StoreJson::of),
        result,
        failure.map(f -> Document.Error.of(f, mode.verbose())));
    String text = new String(Json.document(Json.fields(document)), StandardCharsets.UTF_8);
    String shown = text.lines().map(Printable::line).collect(Collectors.joining("\n")) + "\n";
    if (result.isPresent() && result.get() instanceof EventArray.Holder holder) {
      holder.events().print(shown, surroundings.out());
    } else {
      byte[] bytes = shown.getBytes(StandardCharsets.UTF_8);
      surroundings.out().write(bytes, 0, bytes.length);
    }
    surroundings.out().flush();
  }
}
