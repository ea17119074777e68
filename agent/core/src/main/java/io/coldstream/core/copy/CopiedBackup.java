package io.coldstream.core.copy;

import io.coldstream.store.ObjectName;
import java.util.Optional;

/**
 * What became of a backup.
 *
 * @param sequence its number
 * @param outcome what became of it
 * @param reason why it is not at the target, a sentence; empty where it is, or nothing is wrong
 */
public record CopiedBackup(long sequence, Outcome outcome, Optional<String> reason) {

  /** What can become of a backup. */
  public enum Outcome {
    /** This run wrote its manifest. */
    COPIED,
    /** Its manifest was at the target, and all of its objects are there now. */
    PRESENT,
    /** Only planned. */
    PLANNED,
    /** Other shards still have to send objects of it. */
    WAITING,
    /** It was deleted from its repository while it was copied, and is not visible at the target. */
    GONE,
    /** A prune of the target removes something that it needs; it is not visible at the target. */
    BLOCKED,
    /** Something of it is damaged; unless it was at the target before, it is not visible there. */
    DAMAGED
  }

  /** A backup with which nothing is wrong. */
  static CopiedBackup of(long sequence, Outcome outcome) {
    return new CopiedBackup(sequence, outcome, Optional.empty());
  }

  static CopiedBackup blocked(long sequence, ObjectName object) {
    return new CopiedBackup(
        sequence,
        Outcome.BLOCKED,
        Optional.of("a prune of the target is removing " + object
            + ", which it needs; copy it again when a later prune has removed that"));
  }

  static CopiedBackup damaged(long sequence, String reason) {
    return new CopiedBackup(sequence, Outcome.DAMAGED, Optional.of(reason));
  }
}
