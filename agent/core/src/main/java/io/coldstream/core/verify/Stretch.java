package io.coldstream.core.verify;

import io.coldstream.store.ObjectName;
import java.util.Optional;

/**
 * A stretch in the order of object names of which a run read every object.
 *
 * @param after the object before it; empty for the beginning
 * @param through its last object; empty for the end
 * @param aheadBytes what was read beyond the shares of this rotation
 */
record Stretch(Optional<ObjectName> after, Optional<ObjectName> through, long aheadBytes) {

  /** All names. */
  static final Stretch ALL = new Stretch(Optional.empty(), Optional.empty(), 0);

  /** Its beginning, up to an object. */
  Stretch upTo(ObjectName last) {
    return new Stretch(after, Optional.of(last), 0);
  }
}
