package io.coldstream.core.repository.log;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.index.IndexMap;
import io.coldstream.eventstore.index.TableEntry;
import io.coldstream.eventstore.index.TableName;
import io.coldstream.eventstore.index.TableSearch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The index of a backup, searched where it is stored. An entry says that an event of some stream with
 * that hash was written at a position: whether it is the stream that was asked for, and still there,
 * only the record tells. Of a stream, a newer table has the higher numbers. Not thread-safe.
 */
public final class StoredIndex {

  private final CachedFiles cached;
  private final Map<String, FileEntry> entries = new HashMap<>();
  private final List<TableName> newestFirst;
  private final long end;
  private final Map<TableName, TableSearch> searches = new HashMap<>();

  private StoredIndex(IndexEntry index, IndexMap map, CachedFiles cached) {
    this.cached = cached;
    this.newestFirst = map.tables();
    this.end = map.commitCheckpoint().orElse(-1);
    index.files().forEach(file -> entries.put(file.name(), file));
  }

  /**
   * The index of one backup.
   *
   * @param files the backup
   * @param reader reads the index map
   * @param cached reads its tables
   * @return the index; empty when the backup has none
   * @throws IOException when the index map cannot be read
   */
  public static Optional<StoredIndex> of(BackupFiles files, ResentReader reader, CachedFiles cached)
      throws IOException {
    Optional<IndexEntry> index = files.manifest().files().index();
    return index.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StoredIndex(index.get(), IndexMap.parse(reader.whole(index.get().map())), cached));
  }

  /** {@return the start of the last record that the tables cover; -1 when they cover none} */
  public long end() {
    return end;
  }

  /** Takes entries in turn. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Visits an entry.
     *
     * @param entry the entry
     * @return whether the search continues
     * @throws IOException to end it with a failure
     */
    boolean visit(TableEntry entry) throws IOException;
  }

  /**
   * Visits the entries with a hash and a number, those of the newest table first.
   *
   * @param hash a stream's hash
   * @param number the number
   * @param visitor receives them
   * @return false when the visitor has stopped
   * @throws IOException when they cannot be read
   */
  public boolean at(long hash, long number, Visitor visitor) throws IOException {
    for (TableName table : newestFirst) {
      List<TableEntry> found = new ArrayList<>(search(table).from(hash, number, 1));
      found.removeIf(entry -> entry.number() != number);
      if (!visitAll(table, found, visitor)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Visits the entries with a hash from a number on, the lowest first.
   *
   * @param hash a stream's hash
   * @param number the lowest number of interest
   * @param page how many entries of a table are read at once
   * @param visitor receives them
   * @return false when the visitor has stopped
   * @throws IOException when they cannot be read
   */
  public boolean from(long hash, long number, int page, Visitor visitor) throws IOException {
    List<TableName> oldestFirst = new ArrayList<>(newestFirst);
    Collections.reverse(oldestFirst);
    for (TableName table : oldestFirst) {
      long next = number;
      for (boolean more = true; more; ) {
        List<TableEntry> found = search(table).from(hash, next, page);
        if (!visitAll(table, found, visitor)) {
          return false;
        }
        more = found.size() >= page && last(found) < Long.MAX_VALUE;
        next = more ? last(found) + 1 : next;
      }
    }
    return true;
  }

  /**
   * Visits the entries with a hash from a number downwards, the highest first.
   *
   * @param hash a stream's hash
   * @param number the highest number of interest
   * @param page how many entries of a table are read at once
   * @param visitor receives them
   * @return false when the visitor has stopped
   * @throws IOException when they cannot be read
   */
  public boolean downFrom(long hash, long number, int page, Visitor visitor) throws IOException {
    for (TableName table : newestFirst) {
      long next = number;
      for (boolean more = true; more; ) {
        List<TableEntry> found = search(table).downFrom(hash, next, page);
        if (!visitAll(table, found, visitor)) {
          return false;
        }
        more = found.size() >= page && last(found) > 0;
        next = more ? last(found) - 1 : next;
      }
    }
    return true;
  }

  private boolean visitAll(TableName table, List<TableEntry> found, Visitor visitor)
      throws IOException {
    for (TableEntry entry : found) {
      if (entry.position() < 0 || entry.position() > end) {
        throw DatabaseException.damaged(
            table.guid(),
            Invariant.I7,
            "leads to position " + entry.position() + ", but covers the log up to " + end);
      }
      if (!visitor.visit(entry)) {
        return false;
      }
    }
    return true;
  }

  private static long last(List<TableEntry> found) {
    return found.get(found.size() - 1).number();
  }

  private TableSearch search(TableName table) throws IOException {
    TableSearch search = searches.get(table);
    if (search == null) {
      FileEntry entry = entries.get(table.guid());
      if (entry == null) {
        throw DatabaseException.damaged(
            IndexMap.FILE_NAME, Invariant.I7, "lists the table " + table + ", which is not stored");
      }
      search = new TableSearch(cached.open(entry), table);
      searches.put(table, search);
    }
    return search;
  }
}
