package io.coldstream.store.s3;

import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import java.util.Optional;

/**
 * Where a store stands: turns names into keys and back.
 *
 * @param bucket the bucket
 * @param prefix what every key begins with
 */
record Keys(String bucket, ObjectPrefix prefix) {

  String key(ObjectName name) {
    return prefix.value() + name.value();
  }

  String key(ObjectPrefix under) {
    return prefix.value() + under.value();
  }

  /** An object as messages name it. */
  String shown(ObjectName name) {
    return shown() + name.value();
  }

  /** The place as messages name it. */
  String shown() {
    return "s3://" + bucket + "/" + prefix.value();
  }

  /** The name of a key; empty when it is not one that Coldstream could have made. */
  Optional<ObjectName> name(String key) {
    if (!key.startsWith(prefix.value())) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ObjectName(key.substring(prefix.value().length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether a key is a folder that a console made: the place itself with a closing slash. It says
   * nothing about what is in it.
   */
  boolean isFolderMark(String key) {
    return key.equals(prefix.value());
  }
}
