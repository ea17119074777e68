package io.coldstream.eventstore.index;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an index table: a GUID without an extension ({@code database-files.md#s1-2}, 5.0 to
 * 26.1). Names
 * are never used twice ({@code database-files.md#s7-4}).
 *
 * @param guid the bare file name, 36 characters, in the case that the index map has it in
 */
public record TableName(String guid) {

  private static final String BLOOM_FILTER = ".bloomfilter";
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

  /**
   * Reads a file's name.
   *
   * @param name a bare file name
   * @return the table of that name; empty when it is no table's
   */
  public static Optional<TableName> parse(String name) {
    return GUID.matcher(name).matches() ? Optional.of(new TableName(name)) : Optional.empty();
  }

  /**
   * Reads a Bloom filter's name.
   *
   * @param name a bare file name
   * @return the table that the filter belongs to; empty when it is no filter's name
   */
  public static Optional<TableName> ofBloomFilter(String name) {
    return name.endsWith(BLOOM_FILTER)
        ? parse(name.substring(0, name.length() - BLOOM_FILTER.length()))
        : Optional.empty();
  }

  /** {@return the name of its Bloom filter, which need not exist; since 21.10} */
  public String bloomFilter() {
    return guid + BLOOM_FILTER;
  }

  @Override
  public String toString() {
    return guid;
  }
}
