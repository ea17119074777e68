package io.coldstream.core.backup.capture;

import java.util.Optional;

/**
 * The index as it was found.
 *
 * @param index the index, where it can be captured
 * @param reason why it cannot
 * @param warn when the user is to be told of that
 */
record FoundIndex(Optional<CapturedIndex> index, String reason, Warn warn) {

  /** When an absent index is worth a warning. */
  enum Warn {
    /** It is as it should be. */
    NEVER,
    /** A log that has left its first chunk should have one: the folder may be the wrong one. */
    PAST_THE_FIRST_CHUNK,
    /** Something is wrong with it. */
    ALWAYS
  }

  static FoundIndex of(CapturedIndex index) {
    return new FoundIndex(Optional.of(index), "", Warn.NEVER);
  }

  static FoundIndex none(String reason, Warn warn) {
    return new FoundIndex(Optional.empty(), reason, warn);
  }

  /** What the user is told of an index that is left out of a log with this end. */
  Optional<String> warning(long restorePoint, long chunkSizeBytes) {
    return switch (warn) {
      case NEVER -> Optional.empty();
      case PAST_THE_FIRST_CHUNK ->
        restorePoint < chunkSizeBytes
            ? Optional.empty()
            : Optional.of(reason + "; if the server runs with --index, name it");
      case ALWAYS -> Optional.of(reason);
    };
  }

  /**
   * Only an index that ends below the log's end is kept by a server
   * ({@code database-files.md#s7-3}).
   */
  FoundIndex below(long restorePoint) {
    if (index.isEmpty() || index.get().commitCheckpoint() < restorePoint) {
      return this;
    }
    return none(
        "its last record lies at " + index.get().commitCheckpoint()
            + ", not below the restore point " + restorePoint,
        Warn.ALWAYS);
  }
}
