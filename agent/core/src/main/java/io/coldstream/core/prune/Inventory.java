package io.coldstream.core.prune;

import io.coldstream.core.repository.Condemnation;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPages;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that a repository holds, by one listing. Ages are by the store's clock: from when an
 * object was created to a time that the store said.
 */
final class Inventory {

  private final SortedMap<ObjectName, Entry> objects;

  private Inventory(SortedMap<ObjectName, Entry> objects) {
    this.objects = objects;
  }

  /** An object; its time is missing where the store does not tell it. */
  record Entry(long lengthBytes, Optional<Instant> created) {

    /** Whether it was surely created so long before a time. */
    boolean isOlder(Duration age, Instant now) {
      return created.isPresent() && !created.get().plus(age).isAfter(now);
    }
  }

  static Inventory of(Repository repository) throws RunException {
    SortedMap<ObjectName, Entry> objects = new TreeMap<>();
    try {
      ListPages.each(repository.store(), ObjectPrefix.ALL, ListCursor.START, page -> {
        for (StoredObject object : page.objects()) {
          objects.put(
              object.name(),
              new Entry(
                  object.lengthBytes(), Optional.ofNullable(page.times().get(object.name()))));
        }
        return true;
      });
    } catch (StoreException e) {
      throw RunException.of(e);
    }
    return new Inventory(objects);
  }

  SortedMap<ObjectName, Entry> objects() {
    return objects;
  }

  Optional<Entry> find(ObjectName name) {
    return Optional.ofNullable(objects.get(name));
  }

  /** The length of an object; 0 for one that was not listed. */
  long lengthBytes(ObjectName name) {
    return find(name).map(Entry::lengthBytes).orElse(0L);
  }

  /** The numbers of the backups, ascending. */
  List<Long> backups() {
    return under(Layout.MANIFESTS).keySet().stream()
        .map(Layout::sequence)
        .flatMapToLong(OptionalLong::stream)
        .boxed()
        .toList();
  }

  /** The documents of prunes. */
  List<ObjectName> condemnations() {
    return under(Layout.MANIFESTS).keySet().stream()
        .filter(Condemnation::isDocument)
        .toList();
  }

  /** What is under a prefix. */
  SortedMap<ObjectName, Entry> under(ObjectPrefix prefix) {
    SortedMap<ObjectName, Entry> found = new TreeMap<>();
    objects.forEach((name, entry) -> {
      if (prefix.holds(name)) {
        found.put(name, entry);
      }
    });
    return found;
  }
}
