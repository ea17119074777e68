package io.coldstream.store.decorate;

import io.coldstream.store.StoreException.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a store was asked for up to a moment.
 *
 * @param verbs what was called at least once
 * @param sentBytes content that was handed to the store, also what it did not keep
 * @param receivedBytes content that arrived, also of reads that broke off later
 */
public record StoreMetrics(Map<StoreVerb, OfVerb> verbs, long sentBytes, long receivedBytes) {

  /**
   * The upper bounds of the buckets of {@link OfVerb#buckets}, each included. A further bucket, the
   * last, has none.
   */
  public static final List<Duration> BOUNDS = List.of(
      Duration.ofMillis(5),
      Duration.ofMillis(25),
      Duration.ofMillis(100),
      Duration.ofMillis(500),
      Duration.ofSeconds(2),
      Duration.ofSeconds(10),
      Duration.ofMinutes(1),
      Duration.ofMinutes(5));

  /** Copies the map, in the order of the verbs. */
  public StoreMetrics {
    verbs = verbs.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(verbs));
  }

  /**
   * The calls of one verb that have been answered or have failed. Of a read the opening counts as the
   * call, and a body that breaks as its failure.
   *
   * @param calls how many, every attempt counted
   * @param failures how many of them failed, by kind
   * @param total how long they took together; of reads, until they were open
   * @param longest how long the slowest took
   * @param buckets how many took at most as long as each of {@link #BOUNDS}, and at last all: numbers
   *     that never fall, as Prometheus wants them
   */
  public record OfVerb(
      long calls, Map<Kind, Long> failures, Duration total, Duration longest, List<Long> buckets) {

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException when there is not one bucket for each bound and one more
     */
    public OfVerb {
      failures =
          failures.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(failures));
      buckets = List.copyOf(buckets);
      if (buckets.size() != BOUNDS.size() + 1) {
        throw new IllegalArgumentException(buckets.size() + " buckets");
      }
    }

    /**
     * How many calls failed.
     *
     * @return those of every kind together
     */
    public long failed() {
      return failures.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Counts the calls of one verb. Thread-safe. */
  static final class Meter {
    private final Map<Kind, Long> failures = new EnumMap<>(Kind.class);
    private final long[] buckets = new long[BOUNDS.size() + 1];
    private long calls;
    private Duration total = Duration.ZERO;
    private Duration longest = Duration.ZERO;

    synchronized void ended(Duration took) {
      calls++;
      total = total.plus(took);
      longest = took.compareTo(longest) > 0 ? took : longest;
      for (int i = 0; i < buckets.length; i++) {
        if (i == BOUNDS.size() || took.compareTo(BOUNDS.get(i)) <= 0) {
          buckets[i]++;
        }
      }
    }

    synchronized void failed(Kind kind) {
      failures.merge(kind, 1L, Long::sum);
    }

    synchronized OfVerb soFar() {
      return new OfVerb(
          calls, failures, total, longest, Arrays.stream(buckets).boxed().toList());
    }
  }
}
