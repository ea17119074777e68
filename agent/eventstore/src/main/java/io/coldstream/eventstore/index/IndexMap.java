package io.coldstream.eventstore.index;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Md5;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The file {@code indexmap}: which tables make up the index, and up to where in the log they go
 * ({@code database-files.md#s7-1}, 5.0 to 26.1). Its own digest has been checked. Two are equal
 * when their bytes are.
 */
public final class IndexMap implements DatabaseFile {

  public static final String FILE_NAME = "indexmap";

  /** Far above what two tables a level and a line of 50 bytes for each can come to. */
  private static final int MAX_BYTES = 1 << 20;

  private final byte[] bytes;
  private final OptionalLong prepareCheckpoint;
  private final OptionalLong commitCheckpoint;
  private final int maxAutoMergeLevel;
  private final List<TableName> tables;

  IndexMap(
      byte[] bytes,
      OptionalLong prepareCheckpoint,
      OptionalLong commitCheckpoint,
      int maxAutoMergeLevel,
      List<TableName> tables) {
    this.bytes = bytes.clone();
    this.prepareCheckpoint = prepareCheckpoint;
    this.commitCheckpoint = commitCheckpoint;
    this.maxAutoMergeLevel = maxAutoMergeLevel;
    this.tables = List.copyOf(tables);
  }

  /**
   * Reads a map's content.
   *
   * @param bytes the whole file
   * @return what it says
   * @throws DatabaseException when it does not match its own digest, or says what cannot be
   */
  public static IndexMap parse(byte[] bytes) throws DatabaseException {
    return IndexMapText.parse(bytes);
  }

  /**
   * Reads the map of an index folder.
   *
   * @param files the view to read through
   * @param indexFolder the index folder
   * @return the map; empty when there is none. A node at work deletes the map an instant before it
   *     renames the next one into place ({@code database-files.md#s7-4}), so that absence counts
   *     only when it lasts
   * @throws DatabaseException when it is damaged
   * @throws IOException when it cannot be read
   */
  public static Optional<IndexMap> read(DatabaseFiles files, Path indexFolder) throws IOException {
    try (OpenFile file = files.open(indexFolder.resolve(FILE_NAME))) {
      long lengthBytes = file.lengthBytes();
      if (lengthBytes > MAX_BYTES) {
        throw IndexMapText.damaged("is " + lengthBytes + " bytes long");
      }
      return Optional.of(parse(file.readFully(0, (int) lengthBytes)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public Kind kind() {
    return Kind.INDEX_MAP;
  }

  @Override
  public String fileName() {
    return FILE_NAME;
  }

  @Override
  public long lengthBytes() {
    return bytes.length;
  }

  @Override
  public Optional<byte[]> content() {
    return Optional.of(bytes.clone());
  }

  /** {@return the digest in the first line, of all that follows it} */
  @Override
  public Optional<Md5> md5() {
    return Optional.of(IndexMapText.statedMd5(bytes));
  }

  /** {@return the start of the last prepare that the tables cover; empty in an empty map} */
  public OptionalLong prepareCheckpoint() {
    return prepareCheckpoint;
  }

  /** {@return the start of the last record that the tables cover; empty in an empty map} */
  public OptionalLong commitCheckpoint() {
    return commitCheckpoint;
  }

  /** {@return the level above which the server does not merge tables by itself} */
  public int maxAutoMergeLevel() {
    return maxAutoMergeLevel;
  }

  /**
   * {@return the tables, that with the newest entries first: levels from 0, in each the last first
   * ({@code database-files.md#s7-1})}
   */
  public List<TableName> tables() {
    return tables;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IndexMap map && Arrays.equals(bytes, map.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "index map up to " + commitCheckpoint + " with tables " + tables;
  }
}
