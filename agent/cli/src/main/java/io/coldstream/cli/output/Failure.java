package io.coldstream.cli.output;

import io.coldstream.core.failure.RunException;
import io.coldstream.core.failure.RunException.Kind;
import io.coldstream.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;

/**
 * Why a command did not do what it was asked, fit for a screen.
 *
 * @param kind what a user can act on
 * @param message what was met, where, and what to do
 * @param stack where it came from, for {@code --verbose}
 */
public record Failure(Kind kind, String message, String stack) {

  /**
   * Makes a failure fit to be shown.
   *
   * @param thrown anything
   * @return what it means to a user
   */
  public static Failure of(Throwable thrown) {
    if (thrown instanceof RunException run) {
      return new Failure(run.kind(), text(run), stack(thrown));
    }
    if (thrown instanceof StoreException store) {
      return new Failure(RunException.of(store).kind(), text(store), stack(thrown));
    }
    if (thrown instanceof InterruptedException) {
      return new Failure(Kind.INTERRUPTED, "stopped", stack(thrown));
    }
    return new Failure(
        Kind.INTERNAL, "unexpected: " + Redaction.of(thrown.toString()), stack(thrown));
  }

  /** {@return how the process ends} */
  public ExitCode exitCode() {
    return ExitCode.of(kind);
  }

  /** {@return the kind as a program reads it, such as {@code source-refused}} */
  public String kindName() {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String text(Throwable thrown) {
    String message = thrown.getMessage();
    return Redaction.of(message == null ? thrown.toString() : message);
  }

  // It is not printed here but kept for whoever asked to see it.
  @SuppressWarnings("checkstyle:PrintStackTrace")
  private static String stack(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return Redaction.of(text.toString());
  }
}
