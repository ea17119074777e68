package io.coldstream.store.cloud;

import io.coldstream.store.ObjectName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The uploads that this process was filling when the store could not be reached, by the object's name:
 * the next put of that name continues it. Thread-safe; an upload that was taken belongs to one put.
 */
final class UnfinishedUploads {

  private final Map<ObjectName, UnfinishedUpload> byName = new ConcurrentHashMap<>();
  private final Set<UploadId> hopeless = ConcurrentHashMap.newKeySet();

  /** Takes the upload of a name out. */
  Optional<UnfinishedUpload> take(ObjectName name) {
    return Optional.ofNullable(byName.remove(name));
  }

  /** Keeps an upload for the next put of its name; one that was kept before is left to the sweep. */
  void keep(ObjectName name, UnfinishedUpload upload) {
    byName.put(name, upload);
  }

  /** Remembers that an upload which somebody else began can never be completed. */
  void giveUp(UnfinishedUpload upload) {
    hopeless.add(upload.id());
  }

  boolean isHopeless(UploadId upload) {
    return hopeless.contains(upload);
  }
}
