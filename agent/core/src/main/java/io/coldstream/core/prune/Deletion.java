package io.coldstream.core.prune;

import io.coldstream.core.repository.Amount;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Removes objects, and counts those that the store refuses to remove, such as locked ones. */
final class Deletion {

  /** Objects in one call of the store. */
  private static final int BATCH = 1000;

  /** What concerns one object and not the run. */
  private static final Set<Kind> REFUSALS =
      EnumSet.of(Kind.ACCESS_DENIED, Kind.REJECTED, Kind.LOCKED);

  private final ObjectStore store;
  private Amount deleted = Amount.NONE;
  private Amount refused = Amount.NONE;
  private Optional<StoreException> refusal = Optional.empty();

  Deletion(ObjectStore store) {
    this.store = store;
  }

  /**
   * Removes objects, in the order given.
   *
   * @param names any number
   * @param inventory tells how long they are
   * @throws RunException what a failure means that is not a refusal
   */
  void deleteAll(List<ObjectName> names, Inventory inventory) throws RunException {
    for (List<ObjectName> batch : batches(names)) {
      delete(batch, inventory);
    }
  }

  private void delete(List<ObjectName> names, Inventory inventory) throws RunException {
    try {
      try {
        store.delete(names);
        names.forEach(name -> deleted = deleted.plus(inventory.lengthBytes(name)));
      } catch (StoreException e) {
        requireRefused(e);
        deleteOneByOne(names, inventory);
      }
    } catch (StoreException e) {
      throw RunException.of(e);
    }
  }

  /** A store that refuses one object may have left others. */
  private void deleteOneByOne(List<ObjectName> names, Inventory inventory) throws StoreException {
    for (ObjectName name : names) {
      try {
        if (store.stat(name).isPresent()) {
          store.delete(List.of(name));
        }
        deleted = deleted.plus(inventory.lengthBytes(name));
      } catch (StoreException e) {
        requireRefused(e);
        refused = refused.plus(inventory.lengthBytes(name));
        refusal = refusal.or(() -> Optional.of(e));
      }
    }
  }

  private static void requireRefused(StoreException failure) throws StoreException {
    if (!REFUSALS.contains(failure.kind())) {
      throw failure;
    }
  }

  /** What was removed. */
  Amount deleted() {
    return deleted;
  }

  /** What the store refused to remove. */
  Amount refused() {
    return refused;
  }

  /** The first refusal. */
  Optional<StoreException> refusal() {
    return refusal;
  }

  /** Splits names into batches. */
  static List<List<ObjectName>> batches(List<ObjectName> names) {
    List<List<ObjectName>> batches = new ArrayList<>();
    for (int from = 0; from < names.size(); from += BATCH) {
      batches.add(names.subList(from, Math.min(from + BATCH, names.size())));
    }
    return batches;
  }
}
