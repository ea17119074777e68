package io.coldstream.core.repository.manifest;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The captured index.
 *
 * @param map the index map
 * @param files the tables that it lists and their bloom filters
 * @param commitCheckpoint start of the last record that the tables cover
 */
@JsonPropertyOrder({"commitCheckpoint", "map", "files"})
public record IndexEntry(FileEntry map, List<FileEntry> files, long commitCheckpoint) {

  /** Copies the list. */
  public IndexEntry {
    files = List.copyOf(files);
  }

  /**
   * Every file of the index.
   *
   * @return the tables and filters, then the map
   */
  public List<FileEntry> all() {
    List<FileEntry> all = new ArrayList<>(files);
    all.add(map);
    return all;
  }
}
