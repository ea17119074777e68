package io.coldstream.eventstore.index;

import java.util.regex.Pattern;

/**
 * The name of an index table: a GUID without an extension ({@code database-files.md#s1-2}, 5.0 to
 * 26.1). Names
 * are never used twice ({@code database-files.md#s7-4}).
 *
 * @param guid the bare file name, 36 characters, in the case that the index map has it in
 */
public record TableName(String guid) {

  private static final Pattern GUID = Pattern.compile(
      "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when it is no GUID
   */
  public TableName {
    if (!GUID.matcher(guid).matches()) {
      throw new IllegalArgumentException("not a table's name: " + guid);
    }
  }

  /** {@return the name of its Bloom filter, which need not exist; since 21.10} */
  public String bloomFilter() {
    return guid + ".bloomfilter";
  }

  @Override
  public String toString() {
    return guid;
  }
}
