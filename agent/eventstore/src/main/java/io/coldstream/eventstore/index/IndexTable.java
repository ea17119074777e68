package io.coldstream.eventstore.index;

import io.coldstream.eventstore.Md5;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.util.Optional;

/**
 * A table of the index, by what identifies it without reading its entries.
 *
 * @param name the file's name
 * @param lengthBytes the file's length
 * @param trailingMd5 the last 16 bytes: the digest of all others ({@code database-files.md#s7-2})
 */
public record IndexTable(TableName name, long lengthBytes, Md5 trailingMd5)
    implements DatabaseFile {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when no table can be that short
   */
  public IndexTable {
    if (lengthBytes < TableReader.MIN_LENGTH_BYTES) {
      throw new IllegalArgumentException(name + " of " + lengthBytes + " bytes");
    }
  }

  @Override
  public Kind kind() {
    return Kind.INDEX_TABLE;
  }

  @Override
  public String fileName() {
    return name.guid();
  }

  @Override
  public Optional<Md5> md5() {
    return Optional.of(trailingMd5);
  }

  @Override
  public Optional<String> difference(OpenFile file) throws IOException {
    IndexTable now = TableReader.facts(file, name);
    return now.equals(this) ? Optional.empty() : Optional.of(now + " instead of " + this);
  }
}
