package io.coldstream.eventstore.testing.model;

import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;

/**
 * What the parts of the model share: its disk, what stands on it, and the running server's memory.
 */
final class Server {

  final WriterModel.Settings settings;
  final Profile profile;
  final Random random;
  final MemoryDisk disk = new MemoryDisk();
  final Ledger ledger;
  final ChunkTable chunks = new ChunkTable();
  final Path db;
  final Path index;

  /** Checkpoints as they are on disk. */
  long writer;

  long chaser;
  long epoch = -1;
  long truncate = -1;

  /** Where the next record goes: memory only. */
  long position;

  /** Where the last scavenge point stands: chunks that end at or below it may be scavenged. */
  long scavengePoint;

  /** Whether this run of the server follows a leader. */
  boolean follower;

  private long ticks = RecordImage.ticks(1_700_000_000_000L);

  Server(WriterModel.Settings settings, Path db) {
    this.settings = settings;
    this.profile = settings.profile();
    this.random = new Random(settings.seed());
    this.ledger = new Ledger(settings.chunkSizeBytes());
    this.db = db;
    this.index = db.resolve("index");
    disk.makeFolder(index);
    for (String name : new String[] {"writer", "chaser"}) {
      writeCheckpoint(name, 0);
    }
    for (String name : new String[] {"epoch", "proposal", "truncate"}) {
      writeCheckpoint(name, -1);
    }
  }

  int chunkSize() {
    return settings.chunkSizeBytes();
  }

  UUID guid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  long nextTicks() {
    ticks += 1 + random.nextInt(10_000_000);
    return ticks;
  }

  /** Sets the leader's clock forwards, or back. */
  void stepClock(long millis) {
    ticks += millis * 10_000;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  Path file(String name) {
    return db.resolve(name);
  }

  Path file(ChunkTable.ChunkFile chunk) {
    return db.resolve(chunk.name());
  }

  void setWriter(long value) {
    writer = value;
    ledger.writerIs(value);
    writeCheckpoint("writer", value);
  }

  void setChaser(long value) {
    chaser = value;
    writeCheckpoint("chaser", value);
  }

  void setEpoch(long value) {
    epoch = value;
    writeCheckpoint("epoch", value);
  }

  void setTruncate(long value) {
    truncate = value;
    writeCheckpoint("truncate", value);
  }

  void writeCheckpoint(String name, long value) {
    Path file = db.resolve(name + ".chk");
    byte[] bytes = new Bytes().i64(value).toArray();
    if (disk.exists(file)) {
      disk.write(file, 0, bytes);
    } else {
      disk.create(file, bytes);
    }
  }

  void delete(ChunkTable.ChunkFile chunk) {
    disk.delete(file(chunk));
    chunks.remove(chunk);
  }
}
