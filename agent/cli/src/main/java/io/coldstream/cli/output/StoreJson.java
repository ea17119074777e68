package io.coldstream.cli.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.coldstream.store.StoreException;
import io.coldstream.store.decorate.StoreMetrics;
import io.coldstream.store.decorate.StoreMetrics.OfVerb;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The object {@code store} of {@code json-output.md}. */
record StoreJson(long sentBytes, long receivedBytes, List<Verb> verbs) {

  /** The calls of one verb. */
  record Verb(
      String verb,
      long calls,
      double seconds,
      double slowestSeconds,
      List<Bucket> buckets,
      List<Failed> failures) {

    private static Verb of(String name, OfVerb counted) {
      return new Verb(
          name,
          counted.calls(),
          Formats.seconds(counted.total()),
          Formats.seconds(counted.longest()),
          IntStream.range(0, counted.buckets().size())
              .mapToObj(i -> new Bucket(upToSeconds(i), counted.buckets().get(i)))
              .toList(),
          counted.failures().entrySet().stream().map(Failed::of).toList());
    }
  }

  /** How many calls took at most so long; null in the last bucket, which has no bound. */
  record Bucket(@JsonInclude(Include.ALWAYS) Optional<Double> upToSeconds, long calls) {}

  /** How many calls failed in one way. */
  record Failed(String kind, long calls) {

    private static Failed of(Map.Entry<StoreException.Kind, Long> counted) {
      return new Failed(Formats.name(counted.getKey()), counted.getValue());
    }
  }

  static StoreJson of(StoreMetrics metrics) {
    return new StoreJson(
        metrics.sentBytes(),
        metrics.receivedBytes(),
        metrics.verbs().entrySet().stream()
            .map(e -> Verb.of(Formats.name(e.getKey()), e.getValue()))
            .toList());
  }

  private static Optional<Double> upToSeconds(int bucket) {
    return bucket < StoreMetrics.BOUNDS.size()
        ? Optional.of(Formats.seconds(StoreMetrics.BOUNDS.get(bucket)))
        : Optional.empty();
  }
}
