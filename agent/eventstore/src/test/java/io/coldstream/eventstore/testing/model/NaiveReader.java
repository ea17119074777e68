package io.coldstream.eventstore.testing.model;

import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.FileEntry;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Copies as the database's documentation has it: checkpoints, then the index, then every chunk that
 * is listed; what is gone meanwhile is passed over, as {@code cp} would.
 */
final class NaiveReader {

  private final DatabaseFiles files;
  private final Path db;
  private final NavigableMap<String, byte[]> root = new TreeMap<>();
  private final NavigableMap<String, byte[]> index = new TreeMap<>();

  NaiveReader(DatabaseFiles files, Path db) {
    this.files = files;
    this.db = db;
  }

  DatabaseSet copy() throws IOException {
    copyAll(db, ".chk", root);
    copyAll(db.resolve("index"), "", index);
    for (FileEntry entry : files.list(db)) {
      if (entry.name().matches("chunk-\\d{6}\\.\\d{6}")) {
        copy(db, entry.name(), root);
      }
    }
    return new DatabaseSet(root, index);
  }

  private void copyAll(Path folder, String suffix, NavigableMap<String, byte[]> into)
      throws IOException {
    for (FileEntry entry : files.list(folder)) {
      if (entry.isFile() && entry.name().endsWith(suffix)) {
        copy(folder, entry.name(), into);
      }
    }
  }

  private void copy(Path folder, String name, NavigableMap<String, byte[]> into)
      throws IOException {
    try (OpenFile file = files.open(folder.resolve(name))) {
      into.put(name, readUpTo(file, Integer.MAX_VALUE));
    } catch (NoSuchFileException e) {
      into.remove(name);
    }
  }

  /** Reads a file to its end, or to a limit. */
  static byte[] readUpTo(OpenFile file, int limit) throws IOException {
    byte[] bytes = new byte[(int) Math.min(limit, file.lengthBytes())];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining() && file.read(buffer, buffer.position()) >= 0) {
      continue;
    }
    return Arrays.copyOf(bytes, buffer.position());
  }
}
