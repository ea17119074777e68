package io.coldstream.core.backup.upload;

import io.coldstream.core.backup.plan.Uploaded;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.store.ObjectName;
import java.util.HashMap;
import java.util.Map;

/** Counts the objects that the threads of a run upload. Thread-safe. */
final class UploadTally {

  private final Map<ObjectName, StoredBytes> objects = new HashMap<>();
  private long addedObjects;
  private long addedBytes;
  private long resumedObjects;
  private long resumedParts;

  /** Counts an object that this run created. */
  synchronized void added(StoredBytes object) {
    addedObjects++;
    addedBytes += object.lengthBytes();
    found(object);
  }

  /** Counts an object that existed already. */
  synchronized void found(StoredBytes object) {
    objects.put(object.object(), object);
  }

  /** Counts an object that resumed an earlier upload. */
  synchronized void resumed(int partsThere) {
    resumedObjects++;
    resumedParts += partsThere;
  }

  synchronized Uploaded soFar() {
    return new Uploaded(objects, addedObjects, addedBytes, resumedObjects, resumedParts);
  }
}
