package io.coldstream.core.doctor;

import io.coldstream.store.ObjectName;
import io.coldstream.store.StoredObject;

/**
 * A small object whose content is known.
 *
 * @param stored the object as the store told it
 * @param bytes its content; not to be changed
 */
record Sample(StoredObject stored, byte[] bytes) {

  ObjectName name() {
    return stored.name();
  }
}
