package io.coldstream.core.prune;

import io.coldstream.core.repository.Amount;
import io.coldstream.store.SweepResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a prune went.
 *
 * @param plan what it was to do
 * @param done what it did; empty when it only planned
 * @param duration how long it took
 */
public record PruneReport(PrunePlan plan, Optional<Done> done, Duration duration) {

  /**
   * What was done.
   *
   * @param removed the backups that are gone
   * @param deleted the objects that were removed, with manifests
   * @param refused the objects that the store refused to remove
   * @param refusal the store's words for the first of them
   * @param uploads unfinished uploads that were found and removed
   */
  public record Done(
      List<Long> removed,
      Amount deleted,
      Amount refused,
      Optional<String> refusal,
      SweepResult uploads) {

    public Done {
      removed = List.copyOf(removed);
    }
  }
}
