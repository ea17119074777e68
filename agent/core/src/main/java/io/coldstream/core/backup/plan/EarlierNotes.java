package io.coldstream.core.backup.plan;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.StoredDocument;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ListPages;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads the progress notes of earlier, unfinished runs: digests that need not be computed again.
 * They say nothing about presence. Thread-safe; keeps nothing.
 */
public final class EarlierNotes {

  /** Reading more of them would take longer than reading the files does. */
  static final int MAX_NOTES = 2000;

  private final ObjectStore store;
  private final RunListener listener;

  /**
   * The notes of a repository.
   *
   * @param store where it is
   * @param listener is warned of notes that cannot be read
   */
  public EarlierNotes(ObjectStore store, RunListener listener) {
    this.store = store;
    this.listener = listener;
  }

  /**
   * Looks up digests. Reads notes until all are found, and none when nothing is wanted.
   *
   * @param wanted objects and their lengths
   * @return the digests of those that were noted with that length
   * @throws RunException what the store's failure means
   */
  Map<ObjectName, Sha256> find(Map<ObjectName, Long> wanted) throws RunException {
    Map<ObjectName, Sha256> found = new HashMap<>();
    if (wanted.isEmpty()) {
      return found;
    }
    AtomicInteger notes = new AtomicInteger();
    try {
      ListPages.each(store, Layout.PROGRESS, ListCursor.START, page -> {
        for (StoredObject object : page.objects()) {
          if (notes.getAndIncrement() == MAX_NOTES) {
            return false;
          }
          read(object, wanted, found);
          if (found.size() == wanted.size()) {
            return false;
          }
        }
        return true;
      });
      return found;
    } catch (StoreException e) {
      throw RunException.of(e);
    }
  }

  private void read(
      StoredObject object, Map<ObjectName, Long> wanted, Map<ObjectName, Sha256> found)
      throws StoreException, RunException {
    ProgressNote note;
    try {
      note = StoredDocument.read(
          store,
          object.name(),
          ProgressNote.MAX_BYTES,
          bytes -> ProgressNote.read(bytes, object.name()));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return;
      }
      throw e;
    } catch (RunException e) {
      if (e.kind() == RunException.Kind.REPOSITORY_DAMAGED) {
        listener.on(new RunEvent.Warning(e.getMessage()
            + "; this note about an earlier run is ignored, and the files that it named are read"
            + " again"));
        return;
      }
      throw e;
    }
    for (StoredBytes stored : note.stored()) {
      Long lengthBytes = wanted.get(stored.object());
      if (lengthBytes != null && lengthBytes == stored.lengthBytes()) {
        found.putIfAbsent(stored.object(), stored.sha256());
      }
    }
  }
}
