package io.coldstream.eventstore.testing.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The directory that a server is started on: its checkpoints and the chunk files that count. */
final class ServedDirectory {

  private static final int FRAME = 128;

  /** From here on, 24.6, a server exits after truncating. */
  private static final int EXITS_AFTER_TRUNCATION = 2406;

  private final Path db;
  private final int version;
  private final long chunkSize;

  ServedDirectory(Path db, String version, long chunkSize) {
    this.db = db;
    this.version = number(version);
    this.chunkSize = chunkSize;
  }

  /** A refusal: the server prints it and ends with 1. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /** A chunk file, whole. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Chunk(Path file, byte[] bytes) {

    ByteBuffer in() {
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    int chunkSize() {
      return in().getInt(2);
    }

    int first() {
      return in().getInt(6);
    }

    int last() {
      return in().getInt(10);
    }

    boolean scavenged() {
      return in().getInt(14) != 0;
    }

    boolean completed() {
      return (bytes[bytes.length - FRAME] & 1) != 0;
    }

    int physical() {
      return in().getInt(bytes.length - FRAME + 1);
    }
  }

  /** 2610 of 26.10. */
  static int number(String version) {
    String[] parts = version.split("\\.");
    return 100 * Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]);
  }

  long writer() throws IOException {
    return value("writer", 0);
  }

  /**
   * Truncates when that is armed.
   *
   * @return whether the server exits with 0 after it
   */
  boolean truncate() throws IOException, Refused {
    long to = value("truncate", -1);
    if (to < 0) {
      return false;
    }
    if (writer() - to > 256L << 20) {
      throw new Refused("MaxTruncation is set and truncate checkpoint is out of bounds");
    }
    if (chunks().containsKey((int) (writer() / chunkSize) + 1)) {
      throw new Refused("During truncation of DB excessive TFChunks were found");
    }
    for (Chunk chunk : chunks().values()) {
      long start = chunk.first() * chunkSize;
      if (start >= to) {
        Files.delete(chunk.file());
      } else if (to < start + chunkSize) {
        byte[] cut = Arrays.copyOf(chunk.bytes(), chunk.bytes().length);
        Arrays.fill(cut, (int) (FRAME + to - start), cut.length, (byte) 0);
        Files.write(chunk.file(), cut);
      }
    }
    if (value("epoch", -1) >= to) {
      set("epoch", -1);
    }
    set("chaser", Math.min(value("chaser", 0), to));
    set("writer", Math.min(writer(), to));
    set("truncate", -1);
    return version >= EXITS_AFTER_TRUNCATION;
  }

  /** Reads the log, or refuses the directory. */
  List<byte[]> payloads() throws IOException, Refused {
    long writer = writer();
    if (value("chaser", 0) > writer || value("epoch", -1) > writer) {
      throw new Refused("CorruptDatabaseException: ReaderCheckpointHigherThanWriter");
    }
    List<byte[]> payloads = new ArrayList<>();
    int next = 0;
    for (Chunk chunk : chunks().values()) {
      if (chunk.chunkSize() != chunkSize) {
        throw new Refused("globalLogicalPosition " + writer + " is out of chunk logical positions");
      }
      if (chunk.first() * chunkSize > writer) {
        throw new Refused("ExtraneousFileFound: " + chunk.file());
      }
      if (chunk.first() != next) {
        throw new Refused("ChunkNotFound: " + next);
      }
      next = chunk.last() + 1;
      read(chunk, writer, payloads);
    }
    if (next * chunkSize < writer) {
      throw new Refused("ChunkNotFound: " + next);
    }
    return payloads;
  }

  private void read(Chunk chunk, long writer, List<byte[]> into) throws Refused {
    long local = writer - chunk.first() * chunkSize;
    boolean active = local < (chunk.last() + 1L - chunk.first()) * chunkSize;
    long data = active ? local : chunk.physical();
    if (!active && !chunk.completed() || FRAME + data > chunk.bytes().length) {
      throw new Refused("BadChunkInDatabase: " + chunk.file());
    }
    ByteBuffer in = chunk.in();
    in.position(FRAME).limit((int) (FRAME + data));
    while (in.remaining() > 0) {
      int length = in.getInt();
      byte[] payload = new byte[length];
      in.get(payload);
      if (in.getInt() != length) {
        throw new Refused("UnableToReadPastEndOfStream: " + chunk.file());
      }
      into.add(payload);
    }
  }

  /** Of each number the latest version; a merged chunk replaces those that it covers. */
  private TreeMap<Integer, Chunk> chunks() throws IOException {
    TreeMap<Integer, Chunk> latest = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> listed = Files.list(db)) {
      files = listed
          .filter(f -> f.getFileName().toString().matches("chunk-\\d{6}\\.\\d{6}"))
          .sorted()
          .toList();
    }
    for (Path file : files) {
      Chunk chunk = new Chunk(file, Files.readAllBytes(file));
      latest.put(chunk.first(), chunk);
    }
    TreeMap<Integer, Chunk> cover = new TreeMap<>();
    int next = 0;
    for (Chunk chunk : latest.values()) {
      if (chunk.first() >= next) {
        cover.put(chunk.first(), chunk);
        next = chunk.last() + 1;
      }
    }
    return cover;
  }

  private long value(String name, long initial) throws IOException {
    Path file = db.resolve(name + ".chk");
    return Files.exists(file)
        ? ByteBuffer.wrap(Files.readAllBytes(file))
            .order(ByteOrder.LITTLE_ENDIAN)
            .getLong()
        : initial;
  }

  private void set(String name, long value) throws IOException {
    byte[] bytes =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    Files.write(db.resolve(name + ".chk"), bytes);
  }
}
