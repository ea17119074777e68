package io.coldstream.core.backup.capture;

import io.coldstream.core.repository.manifest.Sha256;

/**
 * The last record below a position, by which a later look tells whether the log is still the same.
 *
 * @param position where it starts
 * @param lengthBytes how long it is with both its length fields, so that it ends at the position
 *     that it was looked for from
 * @param sha256 digest of these bytes
 */
public record TailRecord(long position, int lengthBytes, Sha256 sha256) {

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
