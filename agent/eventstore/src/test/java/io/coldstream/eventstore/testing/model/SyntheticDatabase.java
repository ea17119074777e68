package io.coldstream.eventstore.testing.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Fills a real folder with a sound database of any size, fast and with little memory: thousands of
 * tiny chunks for tests of cost, gigabytes for tests of memory and for measurements. Data is
 * random, so it neither compresses nor repeats. The same seed gives the same log: a database with
 * more completed chunks or more active bytes continues one with fewer, byte for byte, as if a node
 * had gone on writing. Only the index differs.
 */
public final class SyntheticDatabase {

  private SyntheticDatabase() {}

  /**
   * What to write.
   *
   * @param chunkSizeBytes bytes of data that a chunk number stands for
   * @param completedChunks how many completed chunks there are
   * @param dataBytesPerChunk about how many bytes of records each holds, never more
   * @param activeBytes about how many bytes of records the active chunk holds, never more; 0 puts
   *     writer.chk on the chunk's start
   * @param recordBytes about how long a record is
   * @param epochEveryChunks a chunk with a number that it divides begins with an epoch
   * @param index whether there is an index, of one table
   * @param chunkFormat 3 or 4
   * @param seed decides all bytes
   */
  public record Shape(
      int chunkSizeBytes,
      int completedChunks,
      int dataBytesPerChunk,
      int activeBytes,
      int recordBytes,
      int epochEveryChunks,
      boolean index,
      int chunkFormat,
      long seed) {

    private static final int SMALLEST_CHUNK_BYTES = 1024;

    /** Checks the sizes. */
    public Shape {
      if (dataBytesPerChunk > chunkSizeBytes
          || dataBytesPerChunk < SMALLEST_CHUNK_BYTES
          || activeBytes < 0
          || activeBytes > chunkSizeBytes
          || activeBytes < SMALLEST_CHUNK_BYTES && (completedChunks == 0 || activeBytes != 0)
          || recordBytes < 200
          || epochEveryChunks < 1) {
        throw new IllegalArgumentException("cannot be written: " + activeBytes + " active bytes");
      }
    }

    /** Chunks of 4 KiB with a few records each, an epoch in every hundredth, an index. */
    public static Shape tiny(int completedChunks) {
      return new Shape(4096, completedChunks, 1500, 1500, 250, 100, true, 4, 1);
    }

    /** Full chunks of the given size with records of 16 KiB, half an active one, an index. */
    public static Shape large(int completedChunks, int chunkSizeBytes) {
      int half = chunkSizeBytes / 2;
      return new Shape(
          chunkSizeBytes, completedChunks, chunkSizeBytes, half, 16_384, 4, true, 4, 1);
    }

    /** The same log, longer or shorter. */
    public Shape reaching(int completed, int active) {
      return new Shape(
          chunkSizeBytes,
          completed,
          dataBytesPerChunk,
          active,
          recordBytes,
          epochEveryChunks,
          index,
          chunkFormat,
          seed);
    }

    /** Another log of the same sizes: another database. */
    public Shape seeded(long otherSeed) {
      return new Shape(
          chunkSizeBytes,
          completedChunks,
          dataBytesPerChunk,
          activeBytes,
          recordBytes,
          epochEveryChunks,
          index,
          chunkFormat,
          otherSeed);
    }

    /** The same log without an index. */
    public Shape withoutIndex() {
      return new Shape(
          chunkSizeBytes,
          completedChunks,
          dataBytesPerChunk,
          activeBytes,
          recordBytes,
          epochEveryChunks,
          false,
          chunkFormat,
          seed);
    }
  }

  /**
   * One chunk file that was written.
   *
   * @param name its name
   * @param lengthBytes its length
   * @param md5 the footer's MD5 in hex, empty for the active chunk
   */
  public record WrittenChunk(String name, long lengthBytes, String md5) {}

  /**
   * What was written.
   *
   * @param folder the database folder; the index lies in {@code index} below it
   * @param writer the value of writer.chk, equal to chaser.chk and a safe cut
   * @param epochs positions of the epochs, ascending; the last is the value of epoch.chk
   * @param epochIds their ids
   * @param chunks all chunk files, the active one last
   * @param recordCount how many records there are
   * @param bytes the sum of the chunk files' lengths
   */
  public record Written(
      Path folder,
      long writer,
      List<Long> epochs,
      List<UUID> epochIds,
      List<WrittenChunk> chunks,
      long recordCount,
      long bytes) {}

  /** Writes the database into a folder, which is made where it is missing; files are replaced. */
  public static Written write(Path db, Shape shape) throws IOException {
    Files.createDirectories(db);
    SyntheticLog log = new SyntheticLog(db, shape);
    List<WrittenChunk> chunks = new ArrayList<>();
    for (int number = 0; number < shape.completedChunks(); number++) {
      chunks.add(log.completed(number));
    }
    chunks.add(log.active(shape.completedChunks()));
    List<Long> epochs = log.epochs();
    checkpoint(db, "writer", log.end());
    checkpoint(db, "chaser", log.end());
    checkpoint(db, "epoch", epochs.get(epochs.size() - 1));
    checkpoint(db, "proposal", epochs.size() - 1);
    checkpoint(db, "truncate", -1);
    if (shape.index()) {
      writeIndex(db.resolve("index"), log, shape);
    }
    long bytes = chunks.stream().mapToLong(WrittenChunk::lengthBytes).sum();
    return new Written(db, log.end(), epochs, log.epochIds(), chunks, log.recordCount(), bytes);
  }

  private static void checkpoint(Path db, String name, long value) throws IOException {
    Files.write(db.resolve(name + ".chk"), new Bytes().i64(value).toArray());
  }

  private static void writeIndex(Path folder, SyntheticLog log, Shape shape) throws IOException {
    Files.createDirectories(folder);
    String name = new UUID(shape.seed(), log.end()).toString();
    List<IndexImage.Entry> entries = log.entries();
    long commit = entries.get(entries.size() - 1).position();
    Files.write(folder.resolve(name), IndexImage.table(entries));
    Files.write(folder.resolve(name + ".bloomfilter"), IndexImage.bloomFilter(16, shape.seed()));
    List<IndexImage.MapLine> lines = List.of(new IndexImage.MapLine(1, 0, name));
    byte[] map = IndexImage.map(commit, commit, Integer.MAX_VALUE, lines);
    Files.write(folder.resolve(IndexWriter.MAP), map);
  }
}
