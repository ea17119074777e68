package io.coldstream.core.repository;

import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.store.ObjectPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares the stored checkpoint objects of a backup with the positions in its manifest. */
public final class CheckpointObjects {

  private CheckpointObjects() {}

  /**
   * The ready-made checkpoints, which no list of the manifest names, but {@code RESTORE.txt} uses.
   *
   * @param manifest the backup
   * @return an object for each, with the digest of what it must hold
   */
  public static List<StoredBytes> direct(Manifest manifest) {
    List<StoredBytes> objects = new ArrayList<>();
    ObjectPrefix folder = new ObjectPrefix(manifest.files().checkpointFolder());
    for (Checkpoint checkpoint : manifest.log().positions().direct()) {
      byte[] bytes = checkpoint.bytes();
      objects.add(new StoredBytes(
          Layout.directCheckpoint(folder, checkpoint.name()), bytes.length, Sha256.of(bytes)));
    }
    return objects;
  }

  /**
   * Compares the captured files with the positions, without reading them.
   *
   * @param manifest the backup
   * @return what is wrong, as a sentence; empty when the digests are those of the values
   */
  static Optional<String> fault(Manifest manifest) {
    Map<String, Sha256> values = new TreeMap<>();
    for (Checkpoint checkpoint : manifest.log().positions().captured()) {
      values.put(checkpoint.name().fileName(), Sha256.of(checkpoint.bytes()));
    }
    for (FileEntry file : manifest.files().checkpoints()) {
      if (!file.sha256().equals(values.get(file.name()))) {
        return Optional.of(file.name() + " does not match its positions");
      }
      values.remove(file.name());
    }
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of("it lacks " + String.join(", ", values.keySet()));
  }
}
