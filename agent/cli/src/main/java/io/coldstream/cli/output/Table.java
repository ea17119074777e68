package io.coldstream.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Columns side by side; those of numbers are set right. */
public final class Table {

  private final List<String[]> rows = new ArrayList<>();
  private final boolean[] right;

  /**
   * An empty table.
   *
   * @param titles one per column; one that begins with {@code >} is set right
   */
  public Table(String... titles) {
    right = new boolean[titles.length];
    String[] head = new String[titles.length];
    for (int i = 0; i < titles.length; i++) {
      right[i] = titles[i].startsWith(">");
      head[i] = right[i] ? titles[i].substring(1) : titles[i];
    }
    rows.add(head);
  }

  /**
   * Adds a row.
   *
   * @param cells one per column
   */
  public void row(String... cells) {
    rows.add(Arrays.copyOf(cells, right.length));
  }

  /** {@return the rows, titles first, without blanks at the ends} */
  public List<String> lines() {
    int[] widths = IntStream.range(0, right.length).map(this::width).toArray();
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < right.length; i++) {
        String pad = " ".repeat(widths[i] - row[i].length());
        line.append(right[i] ? pad + row[i] : row[i] + pad).append("  ");
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private int width(int column) {
    return rows.stream().mapToInt(r -> r[column].length()).max().orElse(0);
  }
}
