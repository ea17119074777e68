package io.coldstream.cli.output;

import io.coldstream.core.support.failure.ProcessLimits;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.StoreException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The failure of a command, formatted for output.
 *
 * @param kind what a user can act on
 * @param lines what was met, where, and what to do; one line, or more where a command is to be copied
 * @param stack where it came from, line by line, for {@code --verbose}
 */
public record Failure(Kind kind, List<String> lines, List<String> stack) {

  public Failure {
    lines = List.copyOf(lines);
    stack = List.copyOf(stack);
  }

  /**
   * Makes a failure fit to be shown.
   *
   * @param thrown anything
   * @return what it means to a user
   */
  public static Failure of(Throwable thrown) {
    Failure failure = translated(thrown);
    return ProcessLimits.reached(thrown).map(failure::with).orElse(failure);
  }

  private static Failure translated(Throwable thrown) {
    if (thrown instanceof RunException run) {
      List<String> lines = run.lines().stream().map(Redaction::of).toList();
      return new Failure(run.kind(), lines, stack(thrown));
    }
    if (thrown instanceof StoreException store) {
      return new Failure(RunException.of(store).kind(), List.of(text(store)), stack(thrown));
    }
    if (thrown instanceof InterruptedException) {
      return new Failure(Kind.INTERRUPTED, List.of("stopped"), stack(thrown));
    }
    return new Failure(
        Kind.INTERNAL, List.of("unexpected: " + Redaction.of(thrown.toString())), stack(thrown));
  }

  /** The same, whose first line ends with a clause. */
  private Failure with(String clause) {
    List<String> more = new ArrayList<>(lines);
    more.set(0, more.get(0) + "; " + clause);
    return new Failure(kind, more, stack);
  }

  /** {@return the lines as one text} */
  public String message() {
    return String.join("\n", lines);
  }

  /**
   * Makes a failure fit to be shown, with what can be run next.
   *
   * @param thrown anything
   * @param advice writes what a remedy is
   * @return what it means to a user
   */
  public static Failure of(Throwable thrown, Function<Remedy, Advice> advice) {
    Failure failure = of(thrown);
    if (thrown instanceof RunException run) {
      for (Remedy remedy : run.remedies()) {
        failure = failure.with(advice.apply(remedy));
      }
    }
    return failure;
  }

  /**
   * The same with something to do next.
   *
   * @param advice what
   * @return a failure whose message ends with it
   */
  public Failure with(Advice advice) {
    List<String> more = new ArrayList<>(lines);
    more.addAll(advice.lines(""));
    return new Failure(kind, more, stack);
  }

  /** {@return how the process ends} */
  public ExitCode exitCode() {
    return ExitCode.of(kind);
  }

  /** {@return the kind as a program reads it, such as {@code source-refused}} */
  public String kindName() {
    return Formats.name(kind);
  }

  private static String text(Throwable thrown) {
    String message = thrown.getMessage();
    return Redaction.of(message == null ? thrown.toString() : message);
  }

  // It is not printed here but kept for {@code --verbose}. An exception is one line, whatever
  // its message holds: it is taken where it is handed over, before its text becomes lines.
  @SuppressWarnings("checkstyle:PrintStackTrace")
  private static List<String> stack(Throwable thrown) {
    List<String> lines = new ArrayList<>();
    thrown.printStackTrace(new PrintWriter(Writer.nullWriter()) {
      @Override
      public void println(Object line) {
        lines.add(Redaction.of(String.valueOf(line)).replaceFirst("^\t+", "    "));
      }
    });
    return lines;
  }
}
