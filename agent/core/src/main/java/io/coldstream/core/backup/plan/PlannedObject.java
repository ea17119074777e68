package io.coldstream.core.backup.plan;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.store.ObjectName;
import java.util.Optional;

/**
 * An object that the planned backup refers to.
 *
 * @param name its name
 * @param file the file of the database that it is made of
 * @param fromBytes offset of its first byte in the file
 * @param toBytes offset after its last byte
 * @param presence whether it has to be sent
 * @param sha256 digest of its bytes, where it is known before they are read
 */
public record PlannedObject(
    ObjectName name,
    DatabaseFile file,
    long fromBytes,
    long toBytes,
    Presence presence,
    Optional<Sha256> sha256) {

  /** Whether an object has to be sent. */
  public enum Presence {
    /** It is not on the store. */
    SEND,
    /** It is on the store, but in no manifest: only its digest is needed, where that is unknown. */
    STORED,
    /** The newest manifest names it. */
    KNOWN
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when it is known without a digest, or is not a part of the
   *     file
   */
  public PlannedObject {
    if (presence == Presence.KNOWN && sha256.isEmpty()
        || fromBytes < 0
        || toBytes < fromBytes
        || toBytes > file.lengthBytes()) {
      throw new IllegalArgumentException(
          name + ": " + presence + ", bytes " + fromBytes + " to " + toBytes);
    }
  }

  /** A whole file that is to be sent, unless it turns out to be stored. */
  static PlannedObject send(ObjectName name, DatabaseFile file, Optional<Sha256> sha256) {
    return new PlannedObject(name, file, 0, file.lengthBytes(), Presence.SEND, sha256);
  }

  /** A part of a file that the newest manifest holds. */
  static PlannedObject known(StoredBytes stored, DatabaseFile file, long fromBytes) {
    return new PlannedObject(
        stored.object(),
        file,
        fromBytes,
        fromBytes + stored.lengthBytes(),
        Presence.KNOWN,
        Optional.of(stored.sha256()));
  }

  PlannedObject as(Presence other, Optional<Sha256> digest) {
    return new PlannedObject(name, file, fromBytes, toBytes, other, digest);
  }

  PlannedObject renamed(ObjectName other) {
    return new PlannedObject(other, file, fromBytes, toBytes, presence, sha256);
  }

  /** {@return its length} */
  public long lengthBytes() {
    return toBytes - fromBytes;
  }
}
