package io.coldstream.eventstore.testing.model;

import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.FileEntry;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Copies in the order of {@code database-files.md#s12-2}, without any finesse: the index before the
 * checkpoints, writer.chk
 * last of these, then the cover up to it; and begins again until the copy proves sound.
 */
final class CarefulReader {

  private static final int MAX_ATTEMPTS = 200;

  private final DatabaseFiles files;
  private final Path db;
  private int attempts;

  CarefulReader(DatabaseFiles files, Path db) {
    this.files = files;
    this.db = db;
  }

  int attempts() {
    return attempts;
  }

  DatabaseSet copy() throws IOException {
    while (attempts++ < MAX_ATTEMPTS) {
      try {
        DatabaseSet set = attempt();
        if (Oracle.structural().check(set).isEmpty()) {
          return set;
        }
      } catch (NoSuchFileException e) {
        continue;
      }
    }
    throw new IllegalStateException("no sound copy in " + MAX_ATTEMPTS + " attempts");
  }

  private DatabaseSet attempt() throws IOException {
    NavigableMap<String, byte[]> index = new TreeMap<>();
    long commit = copyIndex(index);
    NavigableMap<String, byte[]> root = new TreeMap<>();
    for (String name : List.of("truncate", "chaser", "epoch", "writer", "proposal")) {
      root.put(name + ".chk", read(db.resolve(name + ".chk"), 8));
    }
    DatabaseSet checkpoints = new DatabaseSet(root, index);
    long writer = checkpoints.checkpoint("writer").orElseThrow();
    copyCover(writer, root);
    boolean useful = commit < checkpoints.checkpoint("chaser").orElseThrow();
    return new DatabaseSet(root, useful ? index : new TreeMap<>());
  }

  private long copyIndex(NavigableMap<String, byte[]> into) throws IOException {
    Path folder = db.resolve("index");
    byte[] map;
    try {
      map = read(folder.resolve("indexmap"), Integer.MAX_VALUE);
    } catch (NoSuchFileException e) {
      return Long.MAX_VALUE;
    }
    List<String> lines = new String(map, StandardCharsets.US_ASCII).lines().toList();
    for (String line : lines.subList(4, lines.size())) {
      String name = line.split(",")[2];
      into.put(name, read(folder.resolve(name), Integer.MAX_VALUE));
    }
    into.put("indexmap", map);
    if (!Arrays.equals(map, read(folder.resolve("indexmap"), Integer.MAX_VALUE))) {
      throw new NoSuchFileException("indexmap");
    }
    return Long.parseLong(lines.get(2).split("/")[1]);
  }

  private void copyCover(long writer, NavigableMap<String, byte[]> into) throws IOException {
    List<String> names = new ArrayList<>();
    for (FileEntry entry : files.list(db)) {
      if (entry.name().matches("chunk-\\d{6}\\.\\d{6}")) {
        names.add(entry.name());
      }
    }
    int next = 0;
    for (int i = 0; i < names.size(); i++) {
      boolean latest = i + 1 == names.size() || number(names.get(i + 1)) != number(names.get(i));
      if (latest && number(names.get(i)) >= next) {
        next = copyChunk(names.get(i), writer, into);
      }
    }
  }

  private int copyChunk(String name, long writer, NavigableMap<String, byte[]> into)
      throws IOException {
    try (OpenFile file = files.open(db.resolve(name))) {
      byte[] header = NaiveReader.readUpTo(file, 128);
      ByteBuffer numbers = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
      int size = numbers.getInt(2);
      long start = (long) numbers.getInt(6) * size;
      if (start / size < writer / size) {
        into.put(name, NaiveReader.readUpTo(file, Integer.MAX_VALUE));
      } else if (start < writer) {
        byte[] bytes = NaiveReader.readUpTo(file, 128 + (int) (writer - start));
        into.put(name, Arrays.copyOf(bytes, Math.max(256, bytes.length)));
      }
      return numbers.getInt(10) + 1;
    }
  }

  private byte[] read(Path path, int limit) throws IOException {
    Optional<byte[]> before = Optional.empty();
    while (true) {
      try (OpenFile file = files.open(path)) {
        byte[] bytes = NaiveReader.readUpTo(file, limit);
        if (before.isPresent() && Arrays.equals(before.get(), bytes)) {
          return bytes;
        }
        before = Optional.of(bytes);
      }
    }
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(6, 12));
  }
}
