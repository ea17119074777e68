package io.coldstream.core.capture;

import java.util.Optional;

/**
 * The index as it was found.
 *
 * @param index the index, where it can be captured
 * @param reason why it cannot
 * @param unusual whether the user should be told of that
 */
record FoundIndex(Optional<CapturedIndex> index, String reason, boolean unusual) {

  static FoundIndex of(CapturedIndex index) {
    return new FoundIndex(Optional.of(index), "", false);
  }

  static FoundIndex none(String reason, boolean unusual) {
    return new FoundIndex(Optional.empty(), reason, unusual);
  }

  /** Only an index that ends below the log's end is kept by a server (§7.3). */
  FoundIndex below(long restorePoint) {
    if (index.isEmpty() || index.get().commitCheckpoint() < restorePoint) {
      return this;
    }
    return none(
        "its last record lies at " + index.get().commitCheckpoint()
            + ", not below the restore point " + restorePoint,
        true);
  }
}
