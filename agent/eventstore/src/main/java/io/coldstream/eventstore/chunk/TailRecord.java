package io.coldstream.eventstore.chunk;

import io.coldstream.eventstore.Md5;

/**
 * The last record below a position, by which a later look tells whether the log is still the same.
 *
 * @param position where it starts
 * @param lengthBytes how long it is with both its length fields, so that it ends at the position
 *     that it was looked for from
 * @param md5 digest of these bytes
 */
public record TailRecord(long position, int lengthBytes, Md5 md5) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when the position is negative or there is no room for the two
   *     length fields
   */
  public TailRecord {
    if (position < 0 || lengthBytes <= 8) {
      throw new IllegalArgumentException("a record of " + lengthBytes + " bytes at " + position);
    }
  }

  /** {@return the position behind it} */
  public long endPosition() {
    return position + lengthBytes;
  }
}
