package io.coldstream.store;

/**
 * The result of a sweep.
 *
 * @param found unfinished uploads older than the limit
 * @param removed how many of them were removed; fewer than found where a provider lets them expire
 */
public record SweepResult(int found, int removed) {

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException unless 0 ≤ removed ≤ found
   */
  public SweepResult {
    if (removed < 0 || found < removed) {
      throw new IllegalArgumentException("found " + found + ", removed " + removed);
    }
  }
}
