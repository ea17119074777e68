package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.capture.LocalBytes;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.store.ObjectName;
import java.util.Optional;

/**
 * A file for which an object is to be chosen.
 *
 * @param name the object's name by the layout
 * @param bytes what it is made of
 * @param known the object that the newest manifest names for it, of the same content
 * @param sha256 digest of the bytes, where it was taken from the file here
 */
record Candidate(
    ObjectName name, LocalBytes bytes, Optional<StoredBytes> known, Optional<Sha256> sha256) {

  /** The object that would be used if all is well. */
  ObjectName object() {
    return known.map(StoredBytes::object).orElse(name);
  }
}
