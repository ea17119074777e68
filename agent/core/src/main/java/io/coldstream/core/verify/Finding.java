package io.coldstream.core.verify;

import io.coldstream.core.support.failure.Remedy;
import io.coldstream.store.ObjectName;
import java.util.Optional;

/**
 * A fault that a verification found.
 *
 * @param object the object that is wrong
 * @param fault what is wrong with it, a sentence that names it
 * @param firstBackup the oldest backup that was checked and needs it
 * @param lastBackup the newest backup that was checked and needs it
 * @param repair what repairs it beside a node that still has the file, where something does
 */
public record Finding(
    ObjectName object, String fault, long firstBackup, long lastBackup, Optional<Remedy> repair) {

  /** The same, met in one more backup. */
  Finding alsoIn(long sequence) {
    return new Finding(
        object, fault, Math.min(firstBackup, sequence), Math.max(lastBackup, sequence), repair);
  }
}
