package io.coldstream.cli.output;

import io.coldstream.core.repository.DiscardedTail;

/**
 * The object {@code discarded} of {@code json-output.md}.
 *
 * @param sequence the backup that holds the tail
 * @param position the log position where it begins
 * @param bytes its length
 * @param discardedBy the first later backup without it
 */
public record DiscardedJson(long sequence, long position, long bytes, long discardedBy) {

  /**
   * Describes a discarded tail.
   *
   * @param tail the end of a backup's log
   * @return the object
   */
  public static DiscardedJson of(DiscardedTail tail) {
    return new DiscardedJson(tail.sequence(), tail.position(), tail.bytes(), tail.discardedBy());
  }
}
