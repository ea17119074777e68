package io.coldstream.core.backup.plan;

import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.store.ObjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A file of the database that the backup will hold.
 *
 * @param name its name
 * @param objects where its bytes will be, in their order
 * @param sha256 digest of all its bytes; empty when it is that of its only object, still unknown
 * @param chunk header and footer facts, for a chunk
 */
public record PlannedFile(
    String name, List<PlannedObject> objects, Optional<Sha256> sha256, Optional<ChunkEntry> chunk) {

  /**
   * Checks and copies the values.
   *
   * @throws IllegalArgumentException without an object, or for several without a digest of them all
   */
  public PlannedFile {
    objects = List.copyOf(objects);
    if (objects.isEmpty() || (objects.size() > 1 && sha256.isEmpty())) {
      throw new IllegalArgumentException(name + ": in " + objects.size() + " objects");
    }
  }

  static PlannedFile of(String name, PlannedObject object, Optional<ChunkEntry> chunk) {
    return new PlannedFile(name, List.of(object), object.sha256(), chunk);
  }

  static PlannedFile known(FileEntry entry) {
    return new PlannedFile(
        entry.name(),
        entry.objects().stream().map(PlannedObject::known).toList(),
        Optional.of(entry.sha256()),
        entry.chunk());
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
   * What the manifest will say of it.
   *
   * @param digests the digest of each object that was sent or found
   * @return the entry
   */
  public FileEntry entry(Function<ObjectName, Sha256> digests) {
    List<StoredBytes> stored = new ArrayList<>();
    for (PlannedObject object : objects) {
      Sha256 digest = object.sha256().orElseGet(() -> digests.apply(object.name()));
      stored.add(new StoredBytes(object.name(), object.lengthBytes(), digest));
    }
    return new FileEntry(
        name,
        stored,
        lengthBytes(),
        sha256.orElse(stored.get(0).sha256()),
        List.of(),
        Optional.empty(),
        chunk);
  }
}
