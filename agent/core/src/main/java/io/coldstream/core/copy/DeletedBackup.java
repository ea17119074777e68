package io.coldstream.core.copy;

import io.coldstream.core.copy.CopiedBackup.Outcome;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;

/**
 * What a backup means that was deleted from its repository while it was copied.
 *
 * @param source the repository
 * @param selection what was to be copied
 */
record DeletedBackup(Repository source, Selection selection) {

  /**
   * Judges it.
   *
   * @param sequence its number
   * @return its outcome, where it was one of many
   * @throws RunException {@link Kind#CONFLICT} when it was the one that was to be copied
   */
  CopiedBackup of(long sequence) throws RunException {
    if (!selection.all()) {
      throw new RunException(
          Kind.CONFLICT,
          "backup " + sequence + " was deleted from " + source.url() + " while it was copied, and"
              + " is not visible at the target. Run this again: it sends only what is missing of the"
              + " backups that are there then");
    }
    return CopiedBackup.of(sequence, Outcome.GONE);
  }
}
