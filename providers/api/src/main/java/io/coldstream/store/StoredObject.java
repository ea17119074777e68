package io.coldstream.store;

import java.util.Objects;

/**
 * An object as a store lists it: its name, its length, and the version that was seen.
 *
 * @param name its name
 * @param lengthBytes its length, 0 or more
 * @param version what a later read pins itself to (an ETag, a generation); opaque, equal only for
 *     the same version of the same object
 */
public record StoredObject(ObjectName name, long lengthBytes, String version) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException for a negative length or an empty version
   */
  public StoredObject {
    Objects.requireNonNull(name, "name");
    if (lengthBytes < 0 || version.isEmpty()) {
      throw new IllegalArgumentException(name + ": length " + lengthBytes + ", version " + version);
    }
  }
}
