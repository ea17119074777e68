package io.coldstream.cli.benchmark;

import io.coldstream.cli.output.Column;
import io.coldstream.cli.output.Table;
import io.coldstream.cli.settings.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of what was measured, first the way up, then the way down; GB is 10^9 bytes. */
final class Results {

  private final long bytes;
  private final List<Row> rows = new ArrayList<>();

  private record Row(String client, Direction direction, Usage usage, double serverCpuSeconds) {}

  Results(long bytes) {
    this.bytes = bytes;
  }

  void add(String client, Direction direction, Usage usage, double serverCpuSeconds) {
    rows.add(new Row(client, direction, usage, serverCpuSeconds));
  }

  /** Each ratio is to the first client's figure, which therefore has 1.00 everywhere. */
  List<String> lines() {
    Table table = new Table(
        Column.text("way"),
        Column.text("client"),
        Column.number("MB/s"),
        Column.number("ratio"),
        Column.number("CPU s/GB"),
        Column.number("ratio"),
        Column.number("peak MB"),
        Column.number("ratio"),
        Column.number("server CPU s/GB"));
    for (Direction direction : Direction.values()) {
      List<Row> one = rows.stream().filter(r -> r.direction() == direction).toList();
      one.forEach(row -> table.row(cells(row, one.get(0))));
    }
    return table.lines(Terminal.UNLIMITED);
  }

  private String[] cells(Row row, Row first) {
    return new String[] {
      row.direction().title(),
      row.client(),
      text("%.0f", rate(row)),
      text("%.2f", rate(row) / rate(first)),
      text("%.2f", cpu(row)),
      text("%.2f", cpu(row) / cpu(first)),
      text("%.0f", row.usage().peakBytes() / 1e6),
      text("%.2f", (double) row.usage().peakBytes() / first.usage().peakBytes()),
      text("%.2f", row.serverCpuSeconds() / bytes * 1e9)
    };
  }

  private double rate(Row row) {
    return bytes / 1e6 / row.usage().seconds();
  }

  private double cpu(Row row) {
    return row.usage().cpuSeconds() / bytes * 1e9;
  }

  private static String text(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
