package io.coldstream.cli.output;

import java.io.PrintStream;
import java.util.function.IntSupplier;

/**
 * Prints single lines to a stream. A line is one string: only this class ends lines, so that a
 * line feed inside a name or a message cannot begin one. Lines are made safe, and broken where
 * they are wider than the terminal. Not thread-safe.
 */
final class LinePrinter {

  private final PrintStream stream;
  private final IntSupplier columns;

  /**
   * A printer.
   *
   * @param stream where lines go
   * @param columns how wide they may be
   */
  LinePrinter(PrintStream stream, IntSupplier columns) {
    this.stream = stream;
    this.columns = columns;
  }

  /**
   * Prints a line.
   *
   * @param line any text, without its end
   */
  void print(String line) {
    Wrapping.lines(Printable.line(line), columns.getAsInt()).forEach(stream::println);
  }
}
