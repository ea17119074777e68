package io.coldstream.core.repository;

import java.util.regex.Pattern;

/** The names of index files ({@code database-files.md#s1-2}). */
final class IndexNames {

  private static final Pattern TABLE =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern BLOOM_FILTER = Pattern.compile(TABLE.pattern() + "\\.bloomfilter");

  private IndexNames() {}

  static boolean isTable(String name) {
    return TABLE.matcher(name).matches();
  }

  static boolean isBloomFilter(String name) {
    return BLOOM_FILTER.matcher(name).matches();
  }
}
