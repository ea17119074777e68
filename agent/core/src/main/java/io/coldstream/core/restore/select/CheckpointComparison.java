package io.coldstream.core.restore.select;

import io.coldstream.core.repository.CheckpointObjects;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.ObjectReader;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Compares the values that a restore takes from a manifest with the checkpoints that are stored beside
 * it. An object that is missing, cut, or may not be read proves nothing: the manifest has a digest of
 * its own.
 */
public final class CheckpointComparison {

  private final Repository repository;
  private final List<String> notes = new ArrayList<>();

  /**
   * For one manifest.
   *
   * @param repository where the checkpoints are stored
   */
  public CheckpointComparison(Repository repository) {
    this.repository = repository;
  }

  /**
   * Compares.
   *
   * @param manifest the backup
   * @return what could not be compared, for people
   * @throws RunException {@link Kind#REPOSITORY_DAMAGED} when an object holds another value
   * @throws IOException when the store fails
   */
  public List<String> compare(Manifest manifest) throws RunException, IOException {
    List<StoredBytes> objects = new ArrayList<>();
    manifest.files().checkpoints().forEach(file -> objects.addAll(file.objects()));
    objects.addAll(CheckpointObjects.direct(manifest));
    try {
      for (StoredBytes object : objects) {
        compare(object, manifest.sequence());
      }
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.ACCESS_DENIED) {
        throw e;
      }
      notes.add("the checkpoints of backup " + manifest.sequence() + " were not compared with its"
          + " manifest: this identity may not read " + manifest.files().checkpointFolder());
    }
    return notes;
  }

  private void compare(StoredBytes object, long sequence) throws RunException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Checkpoint.LENGTH_BYTES);
    try {
      new ObjectReader(repository.store()).read(object, 0, bytes::write);
    } catch (ObjectFault e) {
      if (bytes.size() == Checkpoint.LENGTH_BYTES && e.kind() == ObjectFault.Kind.ALTERED) {
        throw new RunException(
            Kind.REPOSITORY_DAMAGED,
            object.object() + " holds " + HexFormat.of().formatHex(bytes.toByteArray())
                + ", which is not the value in " + Layout.manifest(sequence)
                + ": one of them is wrong, and nothing was written. Choose another backup"
                + " (coldstream list), or, where you know that the manifest is right, move that"
                + " object away and run this again",
            e);
      }
      notes.add(e.getMessage() + "; the value in " + Layout.manifest(sequence) + " was used");
    }
  }
}
