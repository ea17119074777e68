package io.coldstream.eventstore.log;

import io.coldstream.eventstore.MemoryFile;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.ChunkReader;
import io.coldstream.eventstore.testing.model.Bytes;
import io.coldstream.eventstore.testing.model.ChunkImage;
import io.coldstream.eventstore.testing.model.RecordImage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A log of chunks of 2000 bytes, made record by record. */
final class SmallLog {

  static final int CHUNK_SIZE = 2000;

  private static final long TICKS = 638_355_968_000_000_000L;
  private static final UUID ID = new UUID(3, 4);

  private final Map<ChunkFileName, byte[]> files = new TreeMap<>();
  private Bytes data = new Bytes();
  private final List<ChunkImage.MapEntry> kept = new ArrayList<>();
  private int number;
  private long skipped;

  /** Where the next record goes. */
  long end() {
    return (long) number * CHUNK_SIZE + data.length() + skipped;
  }

  /** An event; its flags tell what it is part of. */
  SmallLog event(int flags) {
    return record(new RecordImage.Prepare(
            1, end(), flags, end(), 0, -1, "s", ID, ID, TICKS, "t", new byte[50], new byte[0])
        .payload());
  }

  /** An event that stands by itself. */
  SmallLog event() {
    return event(0x27);
  }

  /** An epoch record. */
  SmallLog epoch(long epochNumber, long previous) {
    byte[] json =
        RecordImage.epochJson(end(), epochNumber, new UUID(9, epochNumber), previous, TICKS, ID);
    return record(RecordImage.epoch(end(), json, TICKS));
  }

  /** Any record. */
  SmallLog record(byte[] payload) {
    kept.add(new ChunkImage.MapEntry(data.length(), end() - (long) number * CHUNK_SIZE));
    data.raw(RecordImage.framed(payload));
    return this;
  }

  /** Leaves out bytes of the log, as a scavenge does. */
  SmallLog without(int bytes) {
    skipped += bytes;
    return this;
  }

  /** Completes the chunk; the next record goes to the next one. */
  SmallLog complete() {
    put(0, ChunkImage.completed(header(false, 0), data.toArray()));
    return next();
  }

  /** Completes the chunk as a scavenged one. */
  SmallLog completeScavenged() {
    long logical = end() - (long) number * CHUNK_SIZE;
    put(1, ChunkImage.scavenged(header(true, 0), data.toArray(), logical, kept, true));
    return next();
  }

  /** Completes the chunk as an encrypted one, which nobody here can read. */
  SmallLog completeEncrypted() {
    put(0, ChunkImage.completed(header(false, 1), data.toArray()));
    return next();
  }

  /** A reader of the log up to its end. */
  LogReader reader() throws IOException {
    return reader(end());
  }

  /** A reader of the log up to some position. */
  LogReader reader(long writer) throws IOException {
    if (data.length() > 0) {
      put(0, ChunkImage.active(header(false, 0), data.toArray()));
    }
    List<Chunk> chunks = new ArrayList<>();
    for (ChunkFileName name : files.keySet()) {
      if ((long) name.number() * CHUNK_SIZE < writer) {
        chunks.add(ChunkReader.activeFacts(file(name), name));
      }
    }
    return new LogReader(chunks, writer, this::file);
  }

  /** Changes a byte of a chunk's file. */
  void flip(int chunk, long position) {
    int offset = (int) (128 + position - (long) chunk * CHUNK_SIZE);
    files.forEach((name, bytes) -> bytes[offset] ^= (byte) (name.number() == chunk ? 1 : 0));
  }

  private MemoryFile file(ChunkFileName name) throws IOException {
    if (!files.containsKey(name)) {
      throw new NoSuchFileException(name.toString());
    }
    return new MemoryFile(name.toString(), files.get(name));
  }

  private ChunkImage.Header header(boolean scavenged, int transform) {
    return new ChunkImage.Header(
        4, CHUNK_SIZE, number, number, scavenged, new UUID(7, number), transform);
  }

  private void put(int version, byte[] bytes) {
    files.put(new ChunkFileName(number, version), bytes);
  }

  private SmallLog next() {
    number++;
    data = new Bytes();
    kept.clear();
    skipped = 0;
    return this;
  }
}
