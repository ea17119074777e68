package io.coldstream.core.backup.plan;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.store.ObjectName;
import java.util.Map;
import java.util.Optional;

/**
 * The objects that this run has uploaded or verified by digest.
 *
 * @param objects each such object
 * @param addedObjects how many objects the run created
 * @param addedBytes their bytes
 * @param resumedObjects how many of them resumed an earlier upload
 * @param resumedParts how many parts of those were there already
 */
public record Uploaded(
    Map<ObjectName, StoredBytes> objects,
    long addedObjects,
    long addedBytes,
    long resumedObjects,
    long resumedParts) {

  /** Nothing yet. */
  public static final Uploaded NOTHING = new Uploaded(Map.of(), 0, 0, 0, 0);

  /** Copies the map. */
  public Uploaded {
    objects = Map.copyOf(objects);
  }

  /**
   * Looks an object up.
   *
   * @param name its name
   * @param lengthBytes how long it must be
   * @return its digest, when it is known to be on the store
   */
  public Optional<Sha256> find(ObjectName name, long lengthBytes) {
    return Optional.ofNullable(objects.get(name))
        .filter(stored -> stored.lengthBytes() == lengthBytes)
        .map(StoredBytes::sha256);
  }

  /**
   * How far the run has come. Objects of a single capture, and the active chunk, which grows with
   * the log, do not count.
   *
   * @return how many files of the index and completed chunks are known to be on the store
   */
  public long lastingFiles() {
    return objects.keySet().stream()
        .filter(name -> Layout.CHUNKS.holds(name) || Layout.INDEX.holds(name))
        .count();
  }
}
