package io.coldstream.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coldstream.core.support.json.Json;
import io.coldstream.store.decorate.StoreMetrics;
import io.coldstream.store.decorate.StoreMetrics.OfVerb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats the statistics of the store as text and JSON. */
final class StoreText {

  private StoreText() {}

  /** A line for each verb, and one for the bytes. */
  static List<String> lines(StoreMetrics metrics) {
    List<String> lines = new ArrayList<>();
    metrics
        .verbs()
        .forEach((verb, counted) ->
            lines.add(String.format(Locale.ROOT, "store: %-6s %s", name(verb), words(counted))));
    lines.add("store: " + Formats.size(metrics.sentBytes()) + " sent, "
        + Formats.size(metrics.receivedBytes()) + " received");
    return lines;
  }

  private static String words(OfVerb counted) {
    String failures = counted.failures().entrySet().stream()
        .map(e -> e.getValue() + " " + name(e.getKey()))
        .collect(Collectors.joining(", "));
    return Formats.count(counted.calls(), "call") + " in " + Formats.duration(counted.total())
        + ", the slowest " + Formats.duration(counted.longest())
        + (failures.isEmpty() ? "" : ", failed: " + failures);
  }

  /** The object {@code store} of the document. */
  static ObjectNode json(StoreMetrics metrics) {
    ObjectNode json = Json.object();
    json.put("sentBytes", metrics.sentBytes());
    json.put("receivedBytes", metrics.receivedBytes());
    ArrayNode verbs = json.putArray("verbs");
    metrics.verbs().forEach((verb, counted) -> {
      ObjectNode one = verbs.addObject();
      one.put("verb", name(verb));
      one.put("calls", counted.calls());
      one.put("seconds", seconds(counted.total()));
      one.put("slowestSeconds", seconds(counted.longest()));
      ArrayNode buckets = one.putArray("buckets");
      for (int i = 0; i < counted.buckets().size(); i++) {
        ObjectNode bucket = buckets.addObject();
        if (i < StoreMetrics.BOUNDS.size()) {
          bucket.put("upToSeconds", seconds(StoreMetrics.BOUNDS.get(i)));
        } else {
          bucket.putNull("upToSeconds");
        }
        bucket.put("calls", counted.buckets().get(i));
      }
      ArrayNode failures = one.putArray("failures");
      counted
          .failures()
          .forEach(
              (kind, count) -> failures.addObject().put("kind", name(kind)).put("calls", count));
    });
    return json;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
