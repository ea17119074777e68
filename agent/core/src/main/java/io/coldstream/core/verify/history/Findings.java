package io.coldstream.core.verify.history;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The faults that are known.
 *
 * @param listed in the order of the objects' names
 * @param more how many there are beside
 */
public record Findings(List<StoredFinding> listed, long more) {

  /** No faults. */
  public static final Findings NONE = new Findings(List.of(), 0);

  /** More are only counted. */
  static final int MAX_LISTED = 1000;

  public Findings {
    listed = List.copyOf(listed);
  }

  /**
   * Puts findings in their order.
   *
   * @param all the findings; equal ones count once
   * @param more how many others there are
   * @return as many of them as a document holds
   */
  public static Findings of(Collection<StoredFinding> all, long more) {
    List<StoredFinding> sorted = all.stream()
        .distinct()
        .sorted(Comparator.comparing(StoredFinding::object).thenComparing(StoredFinding::fault))
        .toList();
    int listed = Math.min(sorted.size(), MAX_LISTED);
    return new Findings(sorted.subList(0, listed), more + sorted.size() - listed);
  }

  /** {@return how many faults there are} */
  public long count() {
    return listed.size() + more;
  }
}
