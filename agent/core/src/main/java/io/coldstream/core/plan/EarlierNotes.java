package io.coldstream.core.plan;

import io.coldstream.core.failure.RunException;
import io.coldstream.core.json.FormatException;
import io.coldstream.core.manifest.Sha256;
import io.coldstream.core.manifest.StoredBytes;
import io.coldstream.core.repository.Layout;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPage;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What earlier, unfinished runs noted of what they stored: digests that need not be computed again.
 * They say nothing about presence. Read when first asked. Used by one thread at a time.
 */
public final class EarlierNotes {

  private final ObjectStore store;
  private Map<ObjectName, StoredBytes> noted;

  /**
   * The notes of a repository.
   *
   * @param store where it is
   */
  public EarlierNotes(ObjectStore store) {
    this.store = store;
  }

  /** The digest of an object, if one of that length was noted. */
  Optional<Sha256> find(ObjectName name, long lengthBytes) throws RunException {
    if (noted == null) {
      noted = read();
    }
    return Optional.ofNullable(noted.get(name))
        .filter(stored -> stored.lengthBytes() == lengthBytes)
        .map(StoredBytes::sha256);
  }

  private Map<ObjectName, StoredBytes> read() throws RunException {
    Map<ObjectName, StoredBytes> found = new HashMap<>();
    try {
      Optional<ListCursor> cursor = Optional.of(ListCursor.START);
      while (cursor.isPresent()) {
        ListPage page = store.list(Layout.PROGRESS, cursor.get());
        for (StoredObject object : page.objects()) {
          read(object, found);
        }
        cursor = page.next();
      }
    } catch (StoreException e) {
      throw RunException.of(e);
    }
    return found;
  }

  private void read(StoredObject object, Map<ObjectName, StoredBytes> found) throws StoreException {
    if (object.lengthBytes() > ProgressNote.MOST_BYTES) {
      return;
    }
    try (ObjectContent content = store.read(object.name(), ByteRange.WHOLE, Optional.empty())) {
      byte[] bytes = content.stream().readAllBytes();
      ProgressNote.read(bytes, object.name()).stored().forEach(s -> found.put(s.object(), s));
    } catch (FormatException e) {
      // A note only saves reading: without it the file is read once more.
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.NOT_FOUND) {
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, object.name() + ": " + e.getMessage(), e);
    }
  }
}
