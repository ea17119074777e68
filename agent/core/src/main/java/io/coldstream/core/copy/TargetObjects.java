package io.coldstream.core.copy;

import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ListCursor;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The objects that the target has, with their lengths. Folders of checkpoints are listed when they
 * are asked for, everything else once. Used by one thread.
 */
final class TargetObjects {

  private final Optional<Repository> target;
  private final Map<ObjectName, Long> lengths = new HashMap<>();
  private final Set<String> folders = new HashSet<>();

  private TargetObjects(Optional<Repository> target) {
    this.target = target;
  }

  /**
   * Lists what is there now.
   *
   * @param target the repository at the target; empty while there is none
   */
  static TargetObjects of(Optional<Repository> target) throws RunException {
    TargetObjects objects = new TargetObjects(target);
    for (Group group : Group.values()) {
      if (group != Group.CHECKPOINTS) {
        objects.list(group.prefix());
      }
    }
    return objects;
  }

  /** Lists the checkpoints of a backup too. */
  void addCheckpoints(Manifest manifest) throws RunException {
    String folder = manifest.files().checkpointFolder();
    if (folders.add(folder)) {
      list(new ObjectPrefix(folder));
    }
  }

  private void list(ObjectPrefix prefix) throws RunException {
    if (target.isPresent()) {
      Side.TARGET.call(() -> {
        target
            .get()
            .each(
                prefix,
                ListCursor.START,
                object -> lengths.put(object.name(), object.lengthBytes()));
        return lengths;
      });
    }
  }

  /** How long an object is; empty when it is not there. */
  OptionalLong lengthBytes(ObjectName name) {
    Long length = lengths.get(name);
    return length == null ? OptionalLong.empty() : OptionalLong.of(length);
  }
}
