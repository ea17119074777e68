package io.coldstream.core.backup.capture;

import io.coldstream.eventstore.index.TableName;

/**
 * The bloom filter of a captured table. It carries no digest of its own, but never changes while its
 * table is listed ({@code database-files.md#s1-2}).
 *
 * @param table the table that it belongs to
 * @param lengthBytes its length
 */
public record BloomFile(TableName table, long lengthBytes) {

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public BloomFile {
    if (lengthBytes < 0) {
      throw new IllegalArgumentException(table + ": bloom filter of " + lengthBytes + " bytes");
    }
  }

  /** {@return its file name} */
  public String name() {
    return table.bloomFilter();
  }
}
