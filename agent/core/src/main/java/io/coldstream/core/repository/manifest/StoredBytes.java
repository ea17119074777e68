package io.coldstream.core.repository.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.coldstream.store.ObjectName;

/**
 * One object that holds a file or a part of it.
 *
 * @param object its name in the repository
 * @param lengthBytes its length, 0 or more
 * @param sha256 digest of the plain bytes that it stands for
 */
public record StoredBytes(
    ObjectName object, @JsonProperty("length") long lengthBytes, Sha256 sha256) {

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public StoredBytes {
    if (lengthBytes < 0) {
      throw new IllegalArgumentException(object + ": length " + lengthBytes);
    }
  }
}
