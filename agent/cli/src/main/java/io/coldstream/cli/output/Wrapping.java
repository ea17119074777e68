package io.coldstream.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Wraps a line that is wider than the terminal between words. Lines that follow are set below the
 * text behind a label or a number. What a person copies is never broken: a word, such as a URL or
 * a path, and a command with its options. It may be wider than the terminal, on a line of its own.
 */
final class Wrapping {

  /** A label and two blanks or more, or the number of a step. */
  private static final Pattern LABEL =
      Pattern.compile("^ *(?:\\d+\\. |[^ ]+(?: [^ ]+)* {2,})(?=[^ ])");

  private static final Pattern INDENT = Pattern.compile("^ *");
  private static final Pattern WORD = Pattern.compile("( *)([^ ]+)");
  private static final Pattern OPTION = Pattern.compile("--?[A-Za-z].*");
  private static final Pattern NEEDS_VALUE = Pattern.compile("--[a-z-]+");
  private static final Pattern CLAUSE_END = Pattern.compile(".*[.,;:!?)]");

  private final int columns;
  private final int hanging;
  private final int narrow;
  private final List<String> lines = new ArrayList<>();
  private String line;
  private boolean started;

  /** What must stay together, and the blanks before it. */
  private record Piece(String blanks, String text) {}

  private Wrapping(String head, int hanging, int narrow, int columns) {
    this.line = head;
    this.hanging = hanging;
    this.narrow = narrow;
    this.columns = columns;
  }

  /**
   * A line, broken where it must be.
   *
   * @param text printable
   * @param columns how wide a line may be
   * @return lines
   */
  static List<String> lines(String text, int columns) {
    if (Columns.of(text) <= columns || ShellCommand.isLine(text)) {
      return List.of(text);
    }
    Matcher indent = INDENT.matcher(text);
    int left = indent.find() ? indent.end() : 0;
    Matcher label = LABEL.matcher(text);
    String head = text.substring(0, label.find() ? label.end() : left);
    int narrow = left + 2;
    int below = head.length() > left ? Columns.of(head) : narrow;
    return new Wrapping(head, below <= columns / 2 ? below : narrow, narrow, columns)
        .broken(text.substring(head.length()));
  }

  /**
   * A text, broken into a block without indentation.
   *
   * @param text printable
   * @param columns how wide a line may be
   * @return lines
   */
  static List<String> block(String text, int columns) {
    return Columns.of(text) <= columns
        ? List.of(text)
        : new Wrapping("", 0, 0, columns).broken(text);
  }

  /**
   * The widest piece of a text that is not broken.
   *
   * @param text printable
   * @return columns
   */
  static int widestPiece(String text) {
    return pieces(text).stream().mapToInt(p -> Columns.of(p.text())).max().orElse(0);
  }

  private List<String> broken(String text) {
    pieces(text).forEach(this::add);
    lines.add(line);
    return lines;
  }

  private void add(Piece piece) {
    String blanks = started ? piece.blanks() : "";
    int width = Columns.of(piece.text());
    boolean first = !started && line.isBlank();
    if (!first && Columns.of(line + blanks) + width > columns) {
      lines.add(line.stripTrailing());
      line = "";
      blanks = " ".repeat(hanging + width <= columns ? hanging : narrow);
    }
    line += blanks + piece.text();
    started = true;
  }

  private static List<Piece> pieces(String text) {
    List<Piece> pieces = new ArrayList<>();
    String last = "";
    boolean quoted = false;
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      String next = word.group(2);
      if (!pieces.isEmpty() && (quoted || belong(last, next))) {
        Piece before = pieces.remove(pieces.size() - 1);
        pieces.add(new Piece(before.blanks(), before.text() + word.group(1) + next));
      } else {
        pieces.add(new Piece(word.group(1), next));
      }
      boolean opens = next.startsWith("'") && OPTION.matcher(last).matches();
      quoted = (quoted || opens) && !(next.endsWith("'") && !next.equals("'"));
      last = next;
    }
    return pieces;
  }

  /** Whether two words that follow each other are of one command. */
  private static boolean belong(String last, String next) {
    if (CLAUSE_END.matcher(last).matches()) {
      return false;
    }
    return OPTION.matcher(next).matches()
        || NEEDS_VALUE.matcher(last).matches()
        || last.equals("coldstream");
  }
}
