package io.coldstream.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coldstream.cli.settings.OutputSettings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.event.RunListener;
import io.coldstream.core.json.Json;
import io.coldstream.store.StoreMetrics;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one command prints: its result on standard output; progress, warnings and its failure on
 * standard error. With {@code --json} everything is in the one document on standard output.
 * Thread-safe.
 */
public final class Console {

  /** Version of the documents, see {@code json-output.md}. */
  static final int JSON_FORMAT = 1;

  private final String command;
  private final Surroundings surroundings;
  private final OutputSettings mode;
  private final List<String> warnings = new ArrayList<>();
  private final Progress progress;
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
    this.progress =
        new Progress(surroundings, !mode.json() && !mode.quiet(), mode.verbose(), this::warn);
  }

  /** {@return is told what a run does, and shows it as far as it was asked to} */
  public RunListener progress() {
    return progress;
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
      surroundings.err().println("warning: " + shown);
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
      surroundings.out().println(line);
    }
  }

  /**
   * Is told before the end what a store was asked for, which is shown to whoever asked for more.
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
   */
  public synchronized void done(Report report) {
    progress.pause();
    PrintStream out = surroundings.out();
    if (mode.json()) {
      ObjectNode document = document(report.exitCode());
      document.set("result", report.json());
      report.failure().ifPresent(f -> addError(document, f));
      print(document);
      return;
    }
    if (report.asked() || !mode.quiet()) {
      report.lines().forEach(line -> out.println(Redaction.of(line)));
    }
    out.flush();
    printStore();
    report.failure().ifPresent(this::printError);
  }

  /**
   * Ends without.
   *
   * @param failure why
   */
  public synchronized void failed(Failure failure) {
    progress.pause();
    if (mode.json()) {
      ObjectNode document = document(failure.exitCode());
      addError(document, failure);
      print(document);
    } else {
      printStore();
      printError(failure);
    }
  }

  private void printStore() {
    store.ifPresent(s -> StoreWords.lines(s).forEach(surroundings.err()::println));
  }

  private void addError(ObjectNode document, Failure failure) {
    ObjectNode error = document.putObject("error");
    error.put("kind", failure.kindName());
    error.put("message", failure.message());
    if (mode.verbose()) {
      error.put("stack", failure.stack());
    }
  }

  private void printError(Failure failure) {
    PrintStream err = surroundings.err();
    err.println(("coldstream " + command).strip() + ": " + failure.message());
    if (mode.verbose()) {
      err.print(failure.stack());
    } else if (failure.exitCode() == ExitCode.FAILED) {
      err.println("run the same command with -v to see where this comes from");
    }
    err.flush();
  }

  private ObjectNode document(ExitCode exit) {
    ObjectNode document = Json.object();
    document.put("coldstream", JSON_FORMAT);
    document.put("command", command);
    // A signal's number is known to whoever waits for the process, not to the process.
    if (exit != ExitCode.INTERRUPTED) {
      document.put("exit", exit.number());
    }
    warnings.forEach(document.putArray("warnings")::add);
    store.ifPresent(s -> document.set("store", StoreWords.json(s)));
    return document;
  }

  private void print(ObjectNode document) {
    byte[] bytes = Json.document(document);
    surroundings.out().write(bytes, 0, bytes.length);
    surroundings.out().flush();
  }
}
