package io.coldstream.eventstore.index;

import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.util.Optional;

/**
 * The Bloom filter of a table. It carries no digest of its own, but never changes while its table is
 * listed ({@code database-files.md#s1-2}).
 *
 * @param table the table that it belongs to
 * @param lengthBytes its length
 */
public record BloomFilter(TableName table, long lengthBytes) implements DatabaseFile {

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public BloomFilter {
    if (lengthBytes < 0) {
      throw new IllegalArgumentException(table + ": Bloom filter of " + lengthBytes + " bytes");
    }
  }

  @Override
  public Kind kind() {
    return Kind.BLOOM_FILTER;
  }

  @Override
  public String fileName() {
    return table.bloomFilter();
  }

  @Override
  public Optional<String> difference(OpenFile file) throws IOException {
    long now = file.lengthBytes();
    return now == lengthBytes
        ? Optional.empty()
        : Optional.of(now + " bytes instead of " + lengthBytes);
  }
}
