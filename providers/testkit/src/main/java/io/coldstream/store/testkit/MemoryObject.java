package io.coldstream.store.testkit;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * An object of a {@link MemoryStore}.
 *
 * @param bytes its content; not copied
 * @param object what a listing tells
 * @param created when it was put
 * @param lockedUntil when its lock ends
 */
record MemoryObject(
    byte[] bytes, StoredObject object, Instant created, Optional<Instant> lockedUntil) {

  /** Removes what is not locked. */
  static void remove(
      Map<ObjectName, MemoryObject> objects, Collection<ObjectName> names, Instant now)
      throws StoreException {
    int locked = 0;
    for (ObjectName name : names) {
      MemoryObject left = objects.computeIfPresent(
          name, (key, there) -> there.lockedUntil.filter(now::isBefore).isPresent() ? there : null);
      locked += left == null ? 0 : 1;
    }
    if (locked > 0) {
      throw new StoreException(
          Kind.LOCKED, "delete " + names.size() + " objects: " + locked + " are locked", null);
    }
  }

  /** Locks an object for longer; never for shorter. */
  static void extend(Map<ObjectName, MemoryObject> objects, ObjectName name, Instant until)
      throws StoreException {
    MemoryObject there = objects.computeIfPresent(
        name,
        (key, found) -> found.lockedUntil.filter(until::isBefore).isPresent()
            ? found
            : new MemoryObject(found.bytes, found.object, found.created, Optional.of(until)));
    if (there == null) {
      throw none("lock " + name);
    }
  }

  static StoreException none(String what) {
    return new StoreException(Kind.NOT_FOUND, what + ": no such object", null);
  }

  /** Opens a range that lies in it. */
  ObjectContent open(ByteRange range) {
    int start = (int) range.fromBytes();
    int length = (int) (range.endIn(bytes.length) - start);
    return new Content(object, new ByteArrayInputStream(bytes, start, length));
  }

  private record Content(StoredObject object, InputStream stream) implements ObjectContent {
    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
