package io.coldstream.core.backup.plan;

import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.eventstore.files.DatabaseFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of the database in the planned backup.
 *
 * @param file the file
 * @param objects where its bytes will be, in their order
 * @param sha256 digest of all its bytes; empty when it is that of its only object
 */
public record PlannedFile(DatabaseFile file, List<PlannedObject> objects, Optional<Sha256> sha256) {

  /**
   * Checks and copies the values.
   *
   * @throws IllegalArgumentException without an object, or for several without a digest of them all
   */
  public PlannedFile {
    objects = List.copyOf(objects);
    if (objects.isEmpty() || (objects.size() > 1 && sha256.isEmpty())) {
      throw new IllegalArgumentException(file.fileName() + ": in " + objects.size() + " objects");
    }
  }

  static PlannedFile of(PlannedObject object) {
    return new PlannedFile(object.file(), List.of(object), Optional.empty());
  }

  static PlannedFile known(FileEntry entry, DatabaseFile file) {
    return of(PlannedObject.known(entry.objects().get(0), file, 0));
  }

  PlannedFile in(List<PlannedObject> others) {
    return new PlannedFile(file, others, sha256);
  }

  /** {@return how long the file is} */
  public long lengthBytes() {
    return objects.stream().mapToLong(PlannedObject::lengthBytes).sum();
  }

  /** {@return how much of it has to be sent} */
  public long bytesToSend() {
    return objects.stream()
        .filter(object -> object.presence() == PlannedObject.Presence.SEND)
        .mapToLong(PlannedObject::lengthBytes)
        .sum();
  }

  /** {@return whether nothing of it has to be sent or read} */
  public boolean isKnown() {
    return objects.stream().allMatch(o -> o.presence() == PlannedObject.Presence.KNOWN);
  }

  /**
   * The entry that the manifest will have for it.
   *
   * @param uploaded holds the digest of each object that was sent or found
   * @return the entry
   */
  public FileEntry entry(Uploaded uploaded) {
    List<StoredBytes> stored = new ArrayList<>();
    for (PlannedObject object : objects) {
      Sha256 digest = object
          .sha256()
          .or(() -> uploaded.find(object.name(), object.lengthBytes()))
          .orElseThrow();
      stored.add(new StoredBytes(object.name(), object.lengthBytes(), digest));
    }
    return new FileEntry(
        file.fileName(),
        stored,
        lengthBytes(),
        sha256.orElse(stored.get(0).sha256()),
        List.of(),
        Optional.empty(),
        ChunkEntry.of(file));
  }
}
