package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.capture.LocalBytes;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.store.ObjectName;
import java.util.Optional;

/**
 * An object that the backup will refer to.
 *
 * @param name its name
 * @param lengthBytes its length
 * @param presence whether it has to be sent
 * @param sha256 digest of its bytes, where it is known before they are read
 * @param bytes what it is made of; empty only when it is known
 */
public record PlannedObject(
    ObjectName name,
    long lengthBytes,
    Presence presence,
    Optional<Sha256> sha256,
    Optional<LocalBytes> bytes) {

  /** Whether an object has to be sent. */
  public enum Presence {
    /** It is not on the store. */
    SEND,
    /** It is on the store, but in no manifest: it only has to be digested, where that is missing. */
    STORED,
    /** The newest manifest names it. */
    KNOWN
  }

  /**
   * Checks that nothing is missing.
   *
   * @throws IllegalArgumentException when it is to be sent from nowhere, or known without a digest
   */
  public PlannedObject {
    if (presence == Presence.KNOWN ? sha256.isEmpty() : bytes.isEmpty()) {
      throw new IllegalArgumentException(name + ": " + presence + " without what that needs");
    }
  }

  static PlannedObject known(StoredBytes stored) {
    return new PlannedObject(
        stored.object(),
        stored.lengthBytes(),
        Presence.KNOWN,
        Optional.of(stored.sha256()),
        Optional.empty());
  }

  static PlannedObject send(ObjectName name, LocalBytes bytes, Optional<Sha256> sha256) {
    return new PlannedObject(name, bytes.lengthBytes(), Presence.SEND, sha256, Optional.of(bytes));
  }

  static PlannedObject stored(ObjectName name, LocalBytes bytes, Optional<Sha256> sha256) {
    return new PlannedObject(
        name, bytes.lengthBytes(), Presence.STORED, sha256, Optional.of(bytes));
  }

  static PlannedObject inMemory(ObjectName name, String fileName, byte[] bytes) {
    return send(name, new LocalBytes.InMemory(fileName, bytes), Optional.of(Sha256.of(bytes)));
  }
}
