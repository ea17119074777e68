package io.coldstream.core.backup.capture;

import io.coldstream.eventstore.index.IndexMap;
import io.coldstream.eventstore.index.TableFacts;
import java.util.List;

/**
 * The index of a captured database: a map, every table that it lists, and their filters.
 *
 * @param map the index map; holds the file's bytes
 * @param tables the tables that it lists, in its order; at least one
 * @param bloomFilters the filters that were there, in the order of their tables
 * @param commitCheckpoint start of the last record that the tables cover; below the restore point
 */
public record CapturedIndex(
    IndexMap map, List<TableFacts> tables, List<BloomFile> bloomFilters, long commitCheckpoint) {

  /** Copies the lists. */
  public CapturedIndex {
    tables = List.copyOf(tables);
    bloomFilters = List.copyOf(bloomFilters);
  }
}
