package io.coldstream.eventstore.testing.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a database as plain bytes: what an oracle judges. Immutable; the arrays are not
 * copied.
 *
 * @param root the files directly in the database folder, by name
 * @param index the files of the index folder, by name; those below it with {@code folder/name}
 */
public record DatabaseSet(NavigableMap<String, byte[]> root, NavigableMap<String, byte[]> index) {

  /** Copies the maps. */
  public DatabaseSet {
    root = Collections.unmodifiableNavigableMap(new TreeMap<>(root));
    index = Collections.unmodifiableNavigableMap(new TreeMap<>(index));
  }

  /** A set without files. */
  public static DatabaseSet empty() {
    return new DatabaseSet(new TreeMap<>(), new TreeMap<>());
  }

  /** Reads a folder whose index lies in {@code index} below it, where there is one. */
  public static DatabaseSet read(Path db) throws IOException {
    return read(db, db.resolve("index"));
  }

  /** Reads a folder and its index folder. */
  public static DatabaseSet read(Path db, Path index) throws IOException {
    NavigableMap<String, byte[]> indexFiles = new TreeMap<>();
    if (Files.isDirectory(index)) {
      readInto(indexFiles, index, "");
      try (Stream<Path> below = Files.list(index)) {
        for (Path each : below.filter(Files::isDirectory).toList()) {
          readInto(indexFiles, each, each.getFileName() + "/");
        }
      }
    }
    NavigableMap<String, byte[]> rootFiles = new TreeMap<>();
    readInto(rootFiles, db, "");
    return new DatabaseSet(rootFiles, indexFiles);
  }

  private static void readInto(NavigableMap<String, byte[]> into, Path folder, String prefix)
      throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> listed = Files.list(folder)) {
      listed.filter(Files::isRegularFile).forEach(files::add);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path file : files) {
      into.put(prefix + file.getFileName(), Files.readAllBytes(file));
    }
  }

  /** This set with a file of the database folder added or replaced. */
  public DatabaseSet with(String name, byte[] bytes) {
    NavigableMap<String, byte[]> changed = new TreeMap<>(root);
    changed.put(name, bytes);
    return new DatabaseSet(changed, index);
  }

  /** This set with a checkpoint, given without {@code .chk}; -1 stands for unset. */
  public DatabaseSet withCheckpoint(String name, long value) {
    return with(name + ".chk", new Bytes().i64(value).toArray());
  }

  /** This set without a file of the database folder. */
  public DatabaseSet without(String name) {
    NavigableMap<String, byte[]> changed = new TreeMap<>(root);
    changed.remove(name);
    return new DatabaseSet(changed, index);
  }

  /** This set with a file of the index folder added or replaced. */
  public DatabaseSet withIndex(String name, byte[] bytes) {
    NavigableMap<String, byte[]> changed = new TreeMap<>(index);
    changed.put(name, bytes);
    return new DatabaseSet(root, changed);
  }

  /** This set without a file of the index folder. */
  public DatabaseSet withoutIndex(String name) {
    NavigableMap<String, byte[]> changed = new TreeMap<>(index);
    changed.remove(name);
    return new DatabaseSet(root, changed);
  }

  /** This set without any index. */
  public DatabaseSet withoutIndex() {
    return new DatabaseSet(root, new TreeMap<>());
  }

  /**
   * A checkpoint's value, given without {@code .chk}; empty when the file is missing or not 8 bytes
   * long.
   */
  public OptionalLong checkpoint(String name) {
    byte[] bytes = root.get(name + ".chk");
    return bytes == null || bytes.length != 8
        ? OptionalLong.empty()
        : OptionalLong.of(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
  }

  /** Writes all files into real folders. */
  public void writeTo(Path db) throws IOException {
    Files.createDirectories(db);
    for (var file : root.entrySet()) {
      Files.write(db.resolve(file.getKey()), file.getValue());
    }
    for (var file : index.entrySet()) {
      Path target = db.resolve("index").resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
  }
}
