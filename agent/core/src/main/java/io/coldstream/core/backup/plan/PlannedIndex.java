package io.coldstream.core.backup.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The index that the backup will hold.
 *
 * @param map the index map
 * @param files its tables and their bloom filters
 * @param commitCheckpoint start of the last record that the tables cover
 */
public record PlannedIndex(PlannedFile map, List<PlannedFile> files, long commitCheckpoint) {

  /** Copies the list. */
  public PlannedIndex {
    files = List.copyOf(files);
  }

  /** {@return the tables and filters, then the map} */
  public List<PlannedFile> all() {
    List<PlannedFile> all = new ArrayList<>(files);
    all.add(map);
    return all;
  }
}
