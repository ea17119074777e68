package io.coldstream.core.inspect;

import java.util.Optional;

/**
 * What a backup's log holds of a stream.
 *
 * @param first the first event that is still there; empty when none is
 * @param last the last event that is still there, a tombstone apart
 * @param tombstone the record that deletes the stream for good
 * @param metadata its metadata, the newest
 */
public record StreamState(
    Optional<StreamEvent> first,
    Optional<StreamEvent> last,
    Optional<StreamEvent> tombstone,
    StreamMetadata metadata) {

  /** {@return whether the log holds any event of the stream} */
  public boolean exists() {
    return first.isPresent() || tombstone.isPresent();
  }

  /** {@return whether a server answers that there is no such stream, until it is written to again} */
  public boolean isSoftDeleted() {
    return metadata.truncateBefore().filter(before -> before == Long.MAX_VALUE).isPresent();
  }

  /** {@return the lowest number that a server shows, by {@code $tb} and {@code $maxCount}} */
  public long shownFrom() {
    long byCount = metadata
        .maxCount()
        .flatMap(count -> last.map(event -> event.number() - count + 1))
        .orElse(0L);
    return Math.max(metadata.truncateBefore().orElse(0L), byCount);
  }
}
