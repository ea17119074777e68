package io.coldstream.core.copy;

import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.store.ObjectName;
import java.util.Optional;

/**
 * An object that keeps a backup from being copied.
 *
 * @param object the object that is wrong
 * @param fault what is wrong with it, a sentence that names it
 * @param repair what repairs it; empty where no command does
 */
public record CopyFault(ObjectName object, String fault, Optional<Remedy> repair) {

  /** An object of the repository that is copied, which no other object there can replace. */
  static CopyFault ofSource(ObjectName object, ObjectFault fault) {
    return new CopyFault(
        object,
        fault.getMessage(),
        Group.of(object) == Group.CHECKPOINTS ? Optional.empty() : Optional.of(fault.repair()));
  }

  /** An object at the target. Nothing is overwritten, so that it must be removed first. */
  static CopyFault ofTarget(ObjectName object, long lengthBytes, long expectedBytes) {
    return new CopyFault(
        object,
        object + " is " + lengthBytes + " bytes long at the target, but the manifest says "
            + expectedBytes + "; delete it there and run this again",
        Optional.empty());
  }
}
