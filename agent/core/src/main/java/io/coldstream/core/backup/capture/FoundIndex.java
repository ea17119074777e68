package io.coldstream.core.backup.capture;

import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.index.IndexMap;
import java.util.List;
import java.util.Optional;

/**
 * The captured index, or the reason why there is none.
 *
 * @param files its tables and their Bloom filters, then the index map; empty when it cannot be
 *     captured
 * @param reason why it cannot
 * @param warn when the user is told
 */
record FoundIndex(List<DatabaseFile> files, String reason, Warn warn) {

  /** When an absent index is worth a warning. */
  enum Warn {
    /** It is as it should be. */
    NEVER,
    /** A log that has left its first chunk should have one: the folder may be the wrong one. */
    PAST_THE_FIRST_CHUNK,
    /** Something is wrong with it. */
    ALWAYS
  }

  static FoundIndex of(List<DatabaseFile> files) {
    return new FoundIndex(files, "", Warn.NEVER);
  }

  static FoundIndex none(String reason, Warn warn) {
    return new FoundIndex(List.of(), reason, warn);
  }

  /** The warning about an index that is excluded, for a log with this end. */
  Optional<String> warning(long restorePoint, long chunkSizeBytes) {
    return switch (warn) {
      case NEVER -> Optional.empty();
      case PAST_THE_FIRST_CHUNK ->
        restorePoint < chunkSizeBytes
            ? Optional.empty()
            : Optional.of(reason + "; if the server runs with --index, give it here too");
      case ALWAYS -> Optional.of(reason);
    };
  }

  /**
   * A server keeps an index only if it ends below the end of the log ({@code
   * database-files.md#s7-3}).
   */
  FoundIndex below(long restorePoint) {
    if (files.isEmpty()) {
      return this;
    }
    long commitCheckpoint =
        ((IndexMap) files.get(files.size() - 1)).commitCheckpoint().orElseThrow();
    if (commitCheckpoint < restorePoint) {
      return this;
    }
    return none(
        "its last record is at " + commitCheckpoint + ", not below the restore point "
            + restorePoint,
        Warn.ALWAYS);
  }
}
