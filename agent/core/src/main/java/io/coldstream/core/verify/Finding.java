package io.coldstream.core.verify;

import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.verify.history.Depth;
import io.coldstream.core.verify.history.StoredFinding;
import io.coldstream.core.verify.history.StoredFinding.RepairKind;
import io.coldstream.store.ObjectName;
import java.util.Optional;

/**
 * A fault that a verification found.
 *
 * @param object the object that is wrong
 * @param fault what is wrong with it, a sentence that names it
 * @param firstBackup the oldest backup that was checked and needs it
 * @param lastBackup the newest backup that was checked and needs it
 * @param foundBy the least depth at which a run finds it
 * @param repair what repairs it beside a node that still has the file, where something does
 */
public record Finding(
    ObjectName object,
    String fault,
    long firstBackup,
    long lastBackup,
    Depth foundBy,
    Optional<Remedy> repair) {

  /** The same, met in one more backup. */
  Finding alsoIn(long sequence) {
    return new Finding(
        object,
        fault,
        Math.min(firstBackup, sequence),
        Math.max(lastBackup, sequence),
        foundBy,
        repair);
  }

  /** The same as a document holds it. */
  StoredFinding stored() {
    Optional<RepairKind> kind = repair.flatMap(remedy -> switch (remedy.action()) {
      case RECHECK -> Optional.of(RepairKind.RECHECK);
      case RESEND -> Optional.of(RepairKind.RESEND);
      default -> Optional.empty();
    });
    return new StoredFinding(object, fault, firstBackup, lastBackup, foundBy, kind);
  }

  /** A fault that an earlier run, or another part of this one, found. */
  static Finding of(StoredFinding found) {
    return new Finding(
        found.object(),
        found.fault(),
        found.firstBackup(),
        found.lastBackup(),
        found.foundBy(),
        found.repair().map(kind -> remedy(kind, found)));
  }

  private static Remedy remedy(RepairKind kind, StoredFinding found) {
    ObjectFault.Kind fault = switch (kind) {
      case RECHECK -> ObjectFault.Kind.MISSING;
      case RESEND -> ObjectFault.Kind.ALTERED;
    };
    return new ObjectFault(fault, found.object(), found.fault()).repair();
  }
}
