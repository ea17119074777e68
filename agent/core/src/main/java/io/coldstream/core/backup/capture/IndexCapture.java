package io.coldstream.core.backup.capture;

import io.coldstream.core.backup.capture.FoundIndex.Warn;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.FileEntry;
import io.coldstream.eventstore.files.OpenFile;
import io.coldstream.eventstore.index.BloomFilter;
import io.coldstream.eventstore.index.IndexMap;
import io.coldstream.eventstore.index.IndexTable;
import io.coldstream.eventstore.index.TableName;
import io.coldstream.eventstore.index.TableOrder;
import io.coldstream.eventstore.index.TableReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the index of a running node: the map, every table that it lists, and the map again, until
 * the map stays the same ({@code database-files.md#s7-4}). Tables that the newest manifest does not
 * know stay open.
 */
final class IndexCapture {

  /** How often the index is read again because the map changed or a listed table was deleted. */
  private static final int MAX_ROUNDS = 50;

  /** How often a fault must be seen before it counts. */
  private static final int MAX_LOOKS = 5;

  private final DatabaseFiles files;
  private final Path folder;
  private final KnownFiles known;
  private final Pins pins;
  private final Pause pause;

  IndexCapture(DatabaseFiles files, Path folder, KnownFiles known, Pins pins, Pause pause) {
    this.files = files;
    this.folder = folder;
    this.known = known;
    this.pins = pins;
    this.pause = pause;
  }

  FoundIndex read() throws IOException, RunException, InterruptedException {
    Optional<IndexMap> before = Optional.empty();
    Exception failure = null;
    int looks = 0;
    for (int round = 0; round < MAX_ROUNDS && looks < MAX_LOOKS; round++) {
      try {
        Optional<IndexMap> map = IndexMap.read(files, folder);
        if (map.isPresent()) {
          Optional<FoundIndex> found = under(map.get());
          if (found.isPresent()) {
            return found.get();
          }
          // The map changed meanwhile: the server is working, and nothing is wrong.
          continue;
        }
        failure = null;
        Optional<FoundIndex> none = withoutTables();
        if (none.isPresent()) {
          return none.get();
        }
      } catch (DatabaseException | NoSuchFileException e) {
        failure = e;
      }
      looks++;
      if (looks < MAX_LOOKS) {
        pause.after(looks);
      }
    }
    return lasting(failure, looks);
  }

  private FoundIndex lasting(Exception failure, int looks) throws RunException, IOException {
    if (failure != null) {
      String what = failure instanceof NoSuchFileException
          ? Path.of(failure.getMessage()).getFileName()
              + ": is listed in the index map, but is missing"
          : DatabaseException.found(failure);
      throw new RunException(
          Kind.SOURCE_REFUSED,
          what + " (" + Invariant.I7 + ": " + Invariant.I7.meaning()
              + "); back up without the index (--without-index): a restored server rebuilds it",
          failure);
    }
    if (looks < MAX_LOOKS) {
      throw DatabaseException.changed(
          IndexMap.FILE_NAME, Invariant.I7, "was different in each of " + MAX_ROUNDS + " reads");
    }
    return FoundIndex.none("its tables have no index map", Warn.ALWAYS);
  }

  /** The index that a map lists; empty when the map has changed. */
  private Optional<FoundIndex> under(IndexMap map) throws IOException, RunException {
    List<DatabaseFile> found = new ArrayList<>();
    TableOrder order = new TableOrder(map);
    boolean isNew = !known.knows(map);
    try {
      for (TableName name : map.tables()) {
        found.add(read(name.guid(), file -> {
          IndexTable table = TableReader.facts(file, name);
          if (isNew) {
            order.add(name, TableReader.samplePositions(file, TableOrder.SAMPLES));
          }
          return table;
        }));
      }
      order.check();
      for (TableName name : map.tables()) {
        filter(name).ifPresent(found::add);
      }
    } catch (DatabaseException | NoSuchFileException e) {
      if (IndexMap.read(files, folder).equals(Optional.of(map))) {
        throw e;
      }
      found.forEach(pins::release);
      return Optional.empty();
    }
    if (!IndexMap.read(files, folder).equals(Optional.of(map))) {
      found.forEach(pins::release);
      return Optional.empty();
    }
    if (found.isEmpty()) {
      return Optional.of(FoundIndex.none("the index map lists no table", Warn.NEVER));
    }
    found.add(map);
    return Optional.of(FoundIndex.of(found));
  }

  /** A filter is optional. A merge that deletes one deletes its table too. */
  private Optional<DatabaseFile> filter(TableName name) throws IOException, RunException {
    try {
      return Optional.of(
          read(name.bloomFilter(), file -> new BloomFilter(name, file.lengthBytes())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private interface Reader {
    DatabaseFile read(OpenFile file) throws IOException;
  }

  /** Reads what identifies a file, and keeps it open if the newest manifest does not know it. */
  private DatabaseFile read(String name, Reader reader) throws IOException, RunException {
    OpenFile file = files.open(folder.resolve(name));
    boolean kept = false;
    try {
      DatabaseFile found = reader.read(file);
      kept = !known.knows(found) && pins.keep(found, file);
      return found;
    } finally {
      if (!kept) {
        file.close();
      }
    }
  }

  /**
   * Why there is no index in a folder that has no map; empty when the folder has tables
   * nevertheless.
   */
  private Optional<FoundIndex> withoutTables() throws IOException {
    boolean usedByAServer = false;
    try {
      for (FileEntry entry : files.list(folder)) {
        if (TableName.parse(entry.name()).isPresent()) {
          return Optional.empty();
        }
        usedByAServer |= entry.name().equals(FolderNames.STREAM_EXISTENCE);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // The same as an empty one: it is not the folder of a server that has started.
    }
    // The first table is written after a million events, far into the log if these are large.
    return Optional.of(
        usedByAServer
            ? FoundIndex.none("there is neither an index map nor a table", Warn.NEVER)
            : FoundIndex.none("no index at " + folder, Warn.PAST_THE_FIRST_CHUNK));
  }
}
