package io.coldstream.core.backup.plan;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.store.ObjectName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a run has found out to be on the store, by storing it or by digesting the same bytes here: a
 * repeated capture need not send or read it again. Thread-safe.
 */
public final class StoredObjects {

  private final Map<ObjectName, StoredBytes> known = new ConcurrentHashMap<>();
  private final AtomicLong addedObjects = new AtomicLong();
  private final AtomicLong addedBytes = new AtomicLong();
  private final AtomicLong resumedObjects = new AtomicLong();
  private final AtomicLong resumedParts = new AtomicLong();

  /** Nothing yet. */
  public StoredObjects() {}

  /**
   * Remembers an object that this run created.
   *
   * @param object the object
   */
  public void added(StoredBytes object) {
    addedObjects.incrementAndGet();
    addedBytes.addAndGet(object.lengthBytes());
    known.put(object.object(), object);
  }

  /**
   * Remembers an object that was there.
   *
   * @param object the object
   */
  public void found(StoredBytes object) {
    known.put(object.object(), object);
  }

  /**
   * Looks an object up.
   *
   * @param name its name
   * @param lengthBytes how long it must be
   * @return its digest, when it is known to be on the store
   */
  public Optional<Sha256> find(ObjectName name, long lengthBytes) {
    return Optional.ofNullable(known.get(name))
        .filter(stored -> stored.lengthBytes() == lengthBytes)
        .map(StoredBytes::sha256);
  }

  /**
   * How far the run has come: what is named for one capture alone, or grows with the log, does not
   * count.
   *
   * @return how many files of the index and completed chunks are known to be on the store
   */
  public long lastingFiles() {
    return known.keySet().stream()
        .filter(name -> Layout.CHUNKS.holds(name) || Layout.INDEX.holds(name))
        .count();
  }

  /**
   * Counts an object that an earlier put had begun to send.
   *
   * @param partsThere how many of its parts need not be sent again
   */
  public void resumed(int partsThere) {
    resumedObjects.incrementAndGet();
    resumedParts.addAndGet(partsThere);
  }

  /** {@return how many objects were gone on with} */
  public long resumedObjects() {
    return resumedObjects.get();
  }

  /** {@return how many of their parts were there already} */
  public long resumedParts() {
    return resumedParts.get();
  }

  /** {@return how many objects this run created} */
  public long addedObjects() {
    return addedObjects.get();
  }

  /** {@return their bytes} */
  public long addedBytes() {
    return addedBytes.get();
  }
}
