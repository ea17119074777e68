package io.coldstream.cli.output;

import io.coldstream.store.decorate.StoreMetrics;
import io.coldstream.store.decorate.StoreMetrics.OfVerb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats the statistics of the store as text. */
final class StoreText {

  private StoreText() {}

  /** A line for each verb, and one for the bytes. */
  static List<String> lines(StoreMetrics metrics) {
    List<String> lines = new ArrayList<>();
    metrics
        .verbs()
        .forEach((verb, counted) -> lines.add(
            String.format(Locale.ROOT, "store: %-6s %s", Formats.name(verb), words(counted))));
    lines.add("store: " + Formats.size(metrics.sentBytes()) + " sent, "
        + Formats.size(metrics.receivedBytes()) + " received");
    return lines;
  }

  private static String words(OfVerb counted) {
    String failures = counted.failures().entrySet().stream()
        .map(e -> e.getValue() + " " + Formats.name(e.getKey()))
        .collect(Collectors.joining(", "));
    return Formats.count(counted.calls(), "call") + " in " + Formats.duration(counted.total())
        + ", the slowest " + Formats.duration(counted.longest())
        + (failures.isEmpty() ? "" : ", failed: " + failures);
  }
}
