package io.coldstream.store.gcs;

import com.google.api.services.storage.model.StorageObject;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoredObject;
import java.util.Optional;

/**
 * An object as the store tells it.
 *
 * @param object name, length and generation
 * @param crc32c the checksum of its bytes, as Checksums writes it; empty where the store tells none
 */
record Confirmed(StoredObject object, Optional<String> crc32c) {

  /** What is to be asked for, so that {@link #of} has what it needs. */
  static final String FIELDS = "name,size,generation,crc32c";

  /** Reads an answer; empty when it tells of no object. */
  static Optional<Confirmed> of(ObjectName name, StorageObject told) {
    if (told.getSize() == null || told.getSize().signum() < 0 || told.getGeneration() == null) {
      return Optional.empty();
    }
    return Optional.of(new Confirmed(
        new StoredObject(
            name, told.getSize().longValueExact(), String.valueOf(told.getGeneration())),
        Optional.ofNullable(told.getCrc32c())));
  }

  /**
   * Whether it has a length and a checksum.
   *
   * @param otherCrc32c as Checksums writes it
   */
  boolean isSurely(long lengthBytes, String otherCrc32c) {
    return object.lengthBytes() == lengthBytes && crc32c.equals(Optional.of(otherCrc32c));
  }
}
