package io.coldstream.core.repository;

import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.index.IndexMap;
import io.coldstream.eventstore.index.TableName;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks that a stored index map matches the tables that its manifest names. */
public final class IndexProof {

  /**
   * Far more than any index map has: two tables for each level, and a line of 50 bytes for each
   * table.
   */
  static final long MAX_MAP_BYTES = 1 << 20;

  private IndexProof() {}

  /**
   * Compares an index map with the tables of the manifest.
   *
   * @param index what the manifest says
   * @param map the index map's bytes
   * @return what is wrong with the map, as the end of a sentence; empty when nothing is
   */
  public static Optional<String> fault(IndexEntry index, byte[] map) {
    try {
      return fault(index, IndexMap.parse(map));
    } catch (DatabaseException e) {
      return Optional.of("is not an index map: " + e.found());
    }
  }

  private static Optional<String> fault(IndexEntry index, IndexMap map) {
    Set<String> names = index.files().stream().map(FileEntry::name).collect(Collectors.toSet());
    Set<String> allowed = map.tables().stream()
        .flatMap(t -> Stream.of(t.guid(), t.bloomFilter()))
        .collect(Collectors.toSet());
    for (TableName table : map.tables()) {
      if (!names.contains(table.guid())) {
        return Optional.of("lists " + table + ", which the backup does not hold");
      }
    }
    for (String name : names) {
      if (!allowed.contains(name)) {
        return Optional.of("does not list " + name + ", which the backup holds");
      }
    }
    long end = map.commitCheckpoint().orElse(0);
    return end == index.commitCheckpoint()
        ? Optional.empty()
        : Optional.of("ends at " + end + ", but the manifest says " + index.commitCheckpoint());
  }
}
