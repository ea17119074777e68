package io.coldstream.eventstore.index;

import io.coldstream.eventstore.Md5;

/**
 * What identifies a table of the index without reading its entries.
 *
 * @param name the file's name
 * @param lengthBytes the file's length
 * @param md5 the last 16 bytes: the digest of all others ({@code database-files.md#s7-2})
 */
public record TableFacts(TableName name, long lengthBytes, Md5 md5) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when no table can be that short
   */
  public TableFacts {
    if (lengthBytes < TableReader.MIN_LENGTH_BYTES) {
      throw new IllegalArgumentException(name + " of " + lengthBytes + " bytes");
    }
  }
}
