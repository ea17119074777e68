package io.coldstream.cli.output;

import io.coldstream.cli.output.Column.Narrow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A text table that fits the width of the terminal: its columns are dropped, cut or wrapped. A cell
 * that must not be broken gets its own line.
 */
public final class Table {

  private static final String GAP = "  ";
  private static final String OWN_LINE = "    ";

  /** Narrower than this, a sentence is better read on a line of its own. */
  private static final int NARROWEST_SENTENCE = 20;

  private static final int NARROWEST_NAME = 12;

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param columns in their order
   */
  public Table(Column... columns) {
    this.columns = List.of(columns);
    row(this.columns.stream().map(Column::title).toArray(String[]::new));
  }

  /**
   * Adds a row.
   *
   * @param cells one per column
   */
  public void row(String... cells) {
    rows.add(Arrays.stream(cells).map(Printable::line).toList());
  }

  /**
   * The table for a terminal.
   *
   * @param width how many columns that has
   * @return the rows, titles first, without blanks at the ends
   */
  public List<String> lines(int width) {
    List<Integer> shown = shown(width);
    int[] widths = widths(shown, width);
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      if (shown.stream().anyMatch(i -> needsOwnLine(i, row.get(i), widths[i]))) {
        lines.addAll(stacked(row, shown, widths));
      } else {
        lines.addAll(sideBySide(row, shown, widths));
      }
    }
    return lines;
  }

  /** The columns that are left: those that the reader can do without need content and space. */
  private List<Integer> shown(int width) {
    List<Integer> shown = new ArrayList<>(IntStream.range(0, columns.size())
        .filter(i -> !columns.get(i).isOptional() || !isEmpty(i))
        .boxed()
        .toList());
    Optional<Integer> next;
    do {
      next = leastWidth(shown) > width
          ? shown.stream()
              .filter(i -> columns.get(i).narrow() == Narrow.DROPPED)
              .min(Comparator.comparing(i -> columns.get(i).order()))
          : Optional.empty();
      next.ifPresent(shown::remove);
    } while (next.isPresent());
    return shown;
  }

  private int leastWidth(List<Integer> shown) {
    int cells = shown.stream()
        .mapToInt(
            i -> columns.get(i).isFlexible() ? Math.min(NARROWEST_NAME, natural(i)) : natural(i))
        .sum();
    return cells + GAP.length() * (shown.size() - 1);
  }

  /** What is left by the others, the flexible columns share; none gets more than it needs. */
  private int[] widths(List<Integer> shown, int width) {
    int[] widths = IntStream.range(0, columns.size()).map(this::natural).toArray();
    List<Integer> flexible = new ArrayList<>(shown.stream()
        .filter(i -> columns.get(i).isFlexible())
        .sorted(Comparator.comparing(i -> widths[i]))
        .toList());
    int rest = width
        - GAP.length() * (shown.size() - 1)
        - shown.stream()
            .filter(i -> !flexible.contains(i))
            .mapToInt(i -> widths[i])
            .sum();
    while (!flexible.isEmpty()) {
      int share = Math.max(1, rest / flexible.size());
      int i = flexible.remove(0);
      widths[i] = Math.min(widths[i], share);
      rest -= widths[i];
    }
    return widths;
  }

  private boolean isEmpty(int column) {
    return rows.stream().skip(1).allMatch(row -> row.get(column).isEmpty());
  }

  private int natural(int column) {
    return rows.stream().mapToInt(r -> Columns.of(r.get(column))).max().orElse(0);
  }

  private boolean needsOwnLine(int column, String cell, int width) {
    return columns.get(column).narrow() == Narrow.WRAPPED
        && Columns.of(cell) > width
        && (width < NARROWEST_SENTENCE || Wrapping.widestPiece(cell) > width);
  }

  /** The cells that are not broken in one line, each of the others below it. */
  private List<String> stacked(List<String> row, List<Integer> shown, int[] widths) {
    List<Integer> beside =
        shown.stream().filter(i -> columns.get(i).narrow() != Narrow.WRAPPED).toList();
    List<String> lines = new ArrayList<>(sideBySide(row, beside, widths));
    shown.stream()
        .filter(i -> !beside.contains(i) && !row.get(i).isEmpty())
        .forEach(i -> lines.add(OWN_LINE + row.get(i)));
    return lines;
  }

  private List<String> sideBySide(List<String> row, List<Integer> shown, int[] widths) {
    List<List<String>> cells =
        shown.stream().map(i -> cell(i, row.get(i), widths[i])).toList();
    int height = cells.stream().mapToInt(List::size).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (int y = 0; y < height; y++) {
      StringBuilder line = new StringBuilder();
      for (int x = 0; x < cells.size(); x++) {
        String text = y < cells.get(x).size() ? cells.get(x).get(y) : "";
        String pad = " ".repeat(Math.max(0, widths[shown.get(x)] - Columns.of(text)));
        line.append(columns.get(shown.get(x)).right() ? pad + text : text + pad).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private List<String> cell(int column, String text, int width) {
    return columns.get(column).narrow() == Narrow.CUT
        ? List.of(Columns.cut(text, width))
        : Wrapping.block(text, width);
  }
}
