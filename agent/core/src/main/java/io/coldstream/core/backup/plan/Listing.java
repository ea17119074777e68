package io.coldstream.core.backup.plan;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPages;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/** The objects of a backup that exist in the store, with their lengths. */
final class Listing {

  /** Nothing was looked for. */
  static final Listing NONE = new Listing(Map.of());

  private final Map<ObjectName, Long> lengths;

  private Listing(Map<ObjectName, Long> lengths) {
    this.lengths = lengths;
  }

  /**
   * Lists, from the first wanted name to the last, and keeps what is wanted.
   *
   * @param store where
   * @param prefix what all names begin with
   * @param wanted the names; objects whose names begin with one of them are kept too
   * @return what is there
   * @throws RunException what the store's failure means
   */
  static Listing of(ObjectStore store, ObjectPrefix prefix, Collection<ObjectName> wanted)
      throws RunException {
    if (wanted.isEmpty()) {
      return NONE;
    }
    TreeSet<ObjectName> names = new TreeSet<>(wanted);
    Map<ObjectName, Long> lengths = new HashMap<>();
    try {
      ListPages.each(store, prefix, before(names.first()), page -> {
        page.objects().forEach(object -> keep(object, names, lengths));
        return !isBehind(page.objects(), names.last());
      });
    } catch (StoreException e) {
      throw RunException.of(e);
    }
    return new Listing(lengths);
  }

  /** Where a listing must start to include this name. */
  private static ListCursor before(ObjectName name) {
    // A name without its last character sorts before it, and is valid unless it ends in a slash.
    return ListCursor.after(
        new ObjectName(name.value().substring(0, name.value().length() - 1)));
  }

  private static boolean isBehind(List<StoredObject> objects, ObjectName last) {
    if (objects.isEmpty()) {
      return false;
    }
    ObjectName reached = objects.get(objects.size() - 1).name();
    return reached.compareTo(last) > 0 && !reached.value().startsWith(last.value());
  }

  private static void keep(
      StoredObject object, TreeSet<ObjectName> names, Map<ObjectName, Long> lengths) {
    ObjectName base = names.floor(object.name());
    if (base != null && object.name().value().startsWith(base.value())) {
      lengths.put(object.name(), object.lengthBytes());
    }
  }

  /** How long an object is; empty when it is not there. */
  OptionalLong lengthBytes(ObjectName name) {
    Long length = lengths.get(name);
    return length == null ? OptionalLong.empty() : OptionalLong.of(length);
  }
}
