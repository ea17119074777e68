package io.coldstream.cli.settings;

import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Which streams are terminals, and their width.
 *
 * @param out whether results go to a terminal
 * @param err whether progress, warnings and errors go to a terminal that can redraw a line
 * @param columns the width of the terminal now; asked only where there is one
 */
public record Terminal(boolean out, boolean err, IntSupplier columns) {

  /** The width of what is no terminal. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  public static final Terminal NONE = new Terminal(false, false, () -> UNLIMITED);

  private static final int USUAL_COLUMNS = 80;

  /** {@return how many columns a result may take} */
  public int outColumns() {
    return out ? columns.getAsInt() : UNLIMITED;
  }

  /** {@return how many columns a message may take} */
  public int errColumns() {
    return err ? columns.getAsInt() : UNLIMITED;
  }

  /**
   * The terminal of this process. Only a shell can tell: the launcher sets the properties {@code
   * coldstream.terminal.out}, {@code coldstream.terminal.err} and {@code coldstream.columns}.
   *
   * @param environment the variables; an exported {@code COLUMNS} is the width whatever the terminal
   *     says
   * @return the terminal
   */
  static Terminal ofProcess(Map<String, String> environment) {
    boolean out = Boolean.getBoolean("coldstream.terminal.out");
    boolean err = Boolean.getBoolean("coldstream.terminal.err");
    int exported = columns(environment.getOrDefault("COLUMNS", ""));
    if (exported > 0) {
      return new Terminal(out, err, () -> exported);
    }
    int first = columns(System.getProperty("coldstream.columns", ""));
    int known = first > 0 ? first : USUAL_COLUMNS;
    // Only a bar is drawn again and again, and it is drawn on standard error.
    return new Terminal(out, err, err ? TerminalColumns.ofProcess(known) : () -> known);
  }

  /** {@return a width; 0 for what is none, as some terminals say themselves} */
  static int columns(String text) {
    return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
  }
}
