package io.coldstream.core.doctor;

import io.coldstream.core.repository.Layout;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import java.util.List;

/** Removes what a run created, and says what stays. */
final class Cleanup {

  private static final String NAME = "left behind";
  private static final String MAY_STAY = "; unfinished uploads may stay too";

  private final Scratch scratch;
  private CheckResult result = CheckResult.passed(NAME, "nothing");
  private long leftObjects;

  Cleanup(Scratch scratch) {
    this.scratch = scratch;
  }

  /** Removes, also in an interrupted thread: a stopped run must not leave anything either. */
  void run() {
    if (!scratch.isUsed()) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      clear();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  CheckResult result() {
    return result;
  }

  long leftObjects() {
    return leftObjects;
  }

  private void clear() {
    String why = "";
    try {
      scratch.clear();
    } catch (StoreException e) {
      why = reason(e);
    }
    String uploads = scratch.leavesUpload() ? MAY_STAY : "";
    try {
      scratch.sweep(scratch.prefix());
    } catch (StoreException e) {
      uploads = MAY_STAY;
    }
    try {
      List<StoredObject> left = scratch.all(scratch.prefix());
      leftObjects = left.size();
    } catch (StoreException e) {
      // The identity cannot list: only the number of names that it tried is known.
      leftObjects = why.isEmpty() ? 0 : scratch.tried();
    }
    if (leftObjects == 0 && uploads.isEmpty() && scratch.lockedUntil().isPresent()) {
      result = CheckResult.passed(
          NAME,
          "nothing that is listed; where the store keeps versions, the " + Scratch.LOCKED_BYTES
              + " bytes of the locked object stay until "
              + scratch.lockedUntil().get());
    }
    if (leftObjects > 0 || !uploads.isEmpty()) {
      result = CheckResult.warning(
          NAME,
          leftObjects + " objects stay under " + scratch.prefix() + why + uploads,
          "run the doctor as the identity that prunes (--expect pruner): it removes what is under "
              + Layout.DOCTOR);
    }
  }

  private String reason(StoreException e) {
    if (e.kind() == StoreException.Kind.LOCKED) {
      return scratch
          .lockedUntil()
          .map(end -> ": a lock keeps it until " + end)
          .orElse(": locks keep them");
    }
    return e.kind() == StoreException.Kind.ACCESS_DENIED
        ? ": this identity cannot delete"
        : ": " + e.getMessage();
  }
}
