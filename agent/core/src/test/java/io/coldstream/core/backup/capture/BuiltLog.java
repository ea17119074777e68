package io.coldstream.core.backup.capture;

import io.coldstream.eventstore.testing.model.Bytes;
import io.coldstream.eventstore.testing.model.ChunkImage;
import io.coldstream.eventstore.testing.model.MemoryDisk;
import io.coldstream.eventstore.testing.model.RecordImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A log that a test writes record by record, in chunks of 4096 bytes in memory. */
final class BuiltLog {

  static final int CHUNK_BYTES = 4096;

  private static final Path DB = Path.of("built", "db");
  private static final long FIRST_MILLIS = 1_700_000_000_000L;

  final MemoryDisk disk = new MemoryDisk();
  private final List<List<Entry>> chunks = new ArrayList<>(List.of(new ArrayList<>()));
  private final List<Boolean> scavenged = new ArrayList<>(List.of(false));
  private long position;
  private long lastEpoch = -1;
  private int epochs;
  private int records;

  private record Entry(long position, byte[] bytes) {}

  /** The clock of the n-th record, from 1. */
  static long millis(int record) {
    return FIRST_MILLIS + record * 1000L;
  }

  long position() {
    return position;
  }

  int records() {
    return records;
  }

  /** An epoch record; returns where it starts. */
  long epoch() {
    long at = position;
    long ticks = RecordImage.ticks(millis(++records));
    byte[] json =
        RecordImage.epochJson(at, epochs, new UUID(7, epochs), lastEpoch, ticks, new UUID(0, 1));
    append(RecordImage.epoch(at, json, ticks));
    epochs++;
    lastEpoch = at;
    return at;
  }

  /** A whole event; returns where it ends. */
  long event() {
    return prepare(RecordImage.COMMITTED | RecordImage.BEGIN | RecordImage.END);
  }

  /** The first or a middle event of a write of several; returns where it ends. */
  long begun() {
    return prepare(RecordImage.COMMITTED | RecordImage.BEGIN);
  }

  /** The last event of a write of several; returns where it ends. */
  long ended() {
    return prepare(RecordImage.COMMITTED | RecordImage.END);
  }

  /** A part of an explicit transaction; returns where it ends. */
  long part() {
    return prepare(RecordImage.BEGIN | RecordImage.DATA);
  }

  /** Completes the chunk; returns where the next one starts. */
  long nextChunk() {
    chunks.add(new ArrayList<>());
    scavenged.add(false);
    position = (chunks.size() - 1L) * CHUNK_BYTES;
    return position;
  }

  /** Makes a scavenged chunk, in which every record was kept, of a completed one. */
  void scavenge(int number) {
    scavenged.set(number, true);
  }

  /** Puts the files in place: chaser and writer at the end, epoch at the latest one. */
  Rig rig() {
    disk.makeFolder(DB);
    for (int number = 0; number < chunks.size(); number++) {
      writeChunk(number);
    }
    checkpoint("writer", position);
    checkpoint("chaser", position);
    checkpoint("epoch", lastEpoch);
    checkpoint("proposal", epochs - 1L);
    checkpoint("truncate", -1);
    return new Rig(DB).through(ignored -> disk);
  }

  /** Puts the files of this log, as they are, in the place of another's. */
  void copyTo(MemoryDisk target) {
    disk.fileNames(DB)
        .forEach(name -> target.create(DB.resolve(name), disk.bytes(DB.resolve(name))));
  }

  void checkpoint(String name, long value) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(value)
        .array();
    disk.create(DB.resolve(name + ".chk"), bytes);
  }

  private void writeChunk(int number) {
    Bytes data = new Bytes();
    List<ChunkImage.MapEntry> map = new ArrayList<>();
    long start = (long) number * CHUNK_BYTES;
    for (Entry entry : chunks.get(number)) {
      map.add(new ChunkImage.MapEntry(data.length(), entry.position() - start));
      data.raw(entry.bytes());
    }
    boolean active = number == chunks.size() - 1;
    if (active && data.length() == 0) {
      return;
    }
    byte[] bytes = data.toArray();
    ChunkImage.Header header = new ChunkImage.Header(
        4, CHUNK_BYTES, number, number, scavenged.get(number), new UUID(9, number), 0);
    byte[] image;
    if (active) {
      image = ChunkImage.active(header, bytes);
    } else if (scavenged.get(number)) {
      image = ChunkImage.scavenged(header, bytes, bytes.length, map, true);
    } else {
      image = ChunkImage.completed(header, bytes);
    }
    int version = scavenged.get(number) ? 1 : 0;
    disk.create(DB.resolve(ChunkImage.name(number, version)), image);
  }

  private long prepare(int flags) {
    long ticks = RecordImage.ticks(millis(++records));
    append(new RecordImage.Prepare(
            1,
            position,
            flags,
            position,
            0,
            -1,
            "order-1",
            new UUID(1, records),
            new UUID(2, records),
            ticks,
            "placed",
            new byte[200],
            new byte[0])
        .payload());
    return position;
  }

  private void append(byte[] payload) {
    byte[] bytes = RecordImage.framed(payload);
    chunks.get(chunks.size() - 1).add(new Entry(position, bytes));
    position += bytes.length;
  }
}
