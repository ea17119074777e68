package io.coldstream.core.prune;

import io.coldstream.core.prune.policy.Decision;
import io.coldstream.core.repository.Amount;
import io.coldstream.store.ObjectName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a prune is about to do. It is complete before the first object is removed.
 *
 * @param backups what becomes of each backup, by ascending numbers
 * @param condemned objects that no kept backup needs, and that a later prune removes
 * @param documents the earlier documents that are carried out now, with those of their objects that are
 *     there and not needed
 * @param leftovers notes, results and documents of prunes that nothing needs any more
 * @param amounts how much each of these is
 */
public record PrunePlan(
    List<Decision> backups,
    List<ObjectName> condemned,
    Map<ObjectName, Set<ObjectName>> documents,
    List<ObjectName> leftovers,
    Amounts amounts) {

  public PrunePlan {
    backups = List.copyOf(backups);
    condemned = List.copyOf(condemned);
    documents = Map.copyOf(documents);
    leftovers = List.copyOf(leftovers);
  }

  /**
   * Sums.
   *
   * @param manifests of the backups that are removed now
   * @param condemned what is condemned now
   * @param freed what is removed now, because an earlier prune condemned it
   * @param waiting what was condemned before, and for whose removal it is too early
   * @param young what no kept backup needs, and is too young to be condemned
   * @param leftovers notes, results and documents that are removed now
   */
  public record Amounts(
      Amount manifests,
      Amount condemned,
      Amount freed,
      Amount waiting,
      Amount young,
      Amount leftovers) {}

  /** {@return the numbers of the backups that are removed, ascending} */
  public List<Long> removed() {
    return backups.stream()
        .filter(decision -> !decision.isKept())
        .map(decision -> decision.backup().sequence())
        .toList();
  }
}
