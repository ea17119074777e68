package io.coldstream.core.repository.log;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.eventstore.Md5;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.ChunkFooter;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.chunk.ChunkId;
import io.coldstream.eventstore.log.LogReader;
import io.coldstream.eventstore.log.LogRecord;
import io.coldstream.eventstore.log.SafeCuts;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The log of a backup, read where it is stored: only the chunks, and of these only the ranges, that
 * a question needs. A search for a time walks over one chunk, once. Not thread-safe.
 */
public final class StoredLog {

  /** The newest format: what a header says of its reader does not matter here. */
  private static final int FORMAT = 4;

  private final BackupFiles files;
  private final ResentReader reader;
  private final Map<ChunkFileName, FileEntry> entries = new HashMap<>();
  private final List<Chunk> facts = new ArrayList<>();
  private final Set<ChunkFileName> readable = new HashSet<>();
  private Optional<LogRecord> beforeCut = Optional.empty();
  private LogReader log;

  /**
   * The log of one backup.
   *
   * @param files the backup
   * @param reader reads its objects
   * @throws IOException when the log cannot be read
   */
  public StoredLog(BackupFiles files, ResentReader reader) throws IOException {
    this.files = files;
    this.reader = reader;
    for (FileEntry file : files.chunks()) {
      Chunk chunk = facts(file, files.manifest().log().chunkSizeBytes(), Optional.empty());
      entries.put(chunk.name(), file);
      facts.add(chunk);
    }
    this.log = new LogReader(facts, end(files), this::open);
  }

  /** Where the log ends: at the writer's value, unless the chunk that holds it was left out. */
  private static long end(BackupFiles files) {
    Manifest manifest = files.manifest();
    List<FileEntry> chunks = files.chunks();
    ChunkEntry last = chunks.get(chunks.size() - 1).chunk().orElseThrow();
    long end = (last.lastNumber() + 1) * manifest.log().chunkSizeBytes();
    long writer = manifest.log().positions().writer();
    return writer <= end ? writer : manifest.log().positions().restorePoint();
  }

  private static Chunk facts(FileEntry file, long chunkSizeBytes, Optional<Long> physical) {
    ChunkEntry chunk = file.chunk().orElseThrow();
    ChunkHeader header = new ChunkHeader(
        FORMAT,
        FORMAT,
        chunkSizeBytes,
        chunk.firstNumber(),
        chunk.lastNumber(),
        chunk.scavenged(),
        ChunkId.parse(chunk.chunkId()),
        ChunkHeader.IDENTITY);
    return new Chunk(
        ChunkFileName.parse(file.name()).orElseThrow(),
        Math.max(file.lengthBytes(), Chunk.MIN_LENGTH_BYTES),
        header,
        chunk
            .footerMd5()
            .map(md5 -> new ChunkFooter(
                physical.orElse(chunk.logicalDataBytes()),
                chunk.logicalDataBytes(),
                0,
                ChunkFooter.MAP_ENTRY_BYTES,
                new Md5(md5))));
  }

  private StoredChunk open(ChunkFileName name) throws IOException {
    StoredChunk chunk = new StoredChunk(entries.get(name), reader);
    if (!readable.contains(name)) {
      ChunkHeader header =
          ChunkHeader.parse(chunk.readFully(0, ChunkHeader.LENGTH_BYTES), name.toString());
      if (!header.isIdentity()) {
        chunk.close();
        throw new EncryptedChunk(name.toString());
      }
      readable.add(name);
    }
    return chunk;
  }

  /** {@return the end of the log} */
  public long end() {
    return log.writer();
  }

  /**
   * Finds the last safe cut at or below a position.
   *
   * @param position where to begin to look
   * @return the cut
   * @throws IOException when the log cannot be read
   */
  public long safeCut(long position) throws IOException {
    return SafeCuts.atOrBelow(log, position);
  }

  /**
   * Finds the chunk that holds a position.
   *
   * @param position below the end
   * @return the chunk
   */
  public Chunk chunkAt(long position) {
    return log.chunkAt(position);
  }

  /**
   * Reads the clock of the last record below a cut.
   *
   * @param cut a safe cut
   * @return its time; empty when the chunk before the cut holds no record
   * @throws IOException when the log cannot be read
   */
  public Optional<Instant> timeBelow(long cut) throws IOException {
    if (beforeCut.filter(record -> record.endPosition() == cut).isPresent()) {
      return beforeCut.map(LogRecord::timestamp);
    }
    int index = facts.indexOf(log.chunkAt(cut - 1));
    if (cut == facts.get(index).endPosition() || cut == log.dataEnd(facts.get(index))) {
      return lastTime(index);
    }
    return Optional.of(log.recordEndingAt(cut).timestamp());
  }

  /**
   * The last safe cut such that no record below it, of those in its chunk, is later than a moment.
   * Finds the chunk by halving, by the clocks of the chunks' last records.
   *
   * @return the cut; 0 when the log begins later
   */
  public long safeCutUpTo(Instant time) throws IOException {
    int low = 0;
    int high = facts.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (lastTime(middle).orElse(Instant.MIN).isAfter(time)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    if (low == facts.size()) {
      return safeCut(end());
    }
    Chunk chunk = facts.get(low);
    long start = chunk.startPosition();
    if (chunk.header().scavenged()) {
      return safeCut(start);
    }
    beforeCut = lastSafeEnd(chunk, time);
    return beforeCut.isPresent() ? beforeCut.get().endPosition() : safeCut(start);
  }

  /**
   * Walks once over a chunk, up to its first record that is later than a moment.
   *
   * @return the last record before that at whose end the log may end
   */
  private Optional<LogRecord> lastSafeEnd(Chunk chunk, Instant time) throws IOException {
    AtomicReference<LogRecord> last = new AtomicReference<>();
    log.walk(chunk.startPosition(), log.dataEnd(chunk), record -> {
      boolean later = record.timestamp().isAfter(time);
      if (!later && record.endsAtSafeCut()) {
        last.set(record);
      }
      return !later;
    });
    return Optional.ofNullable(last.get());
  }

  private Optional<Instant> lastTime(int index) throws IOException {
    Chunk chunk = facts.get(index);
    if (chunk.header().scavenged()) {
      chunk = withRealFooter(index);
    }
    if (chunk.footer().filter(f -> f.physicalDataBytes() == 0).isPresent()
        || log.dataEnd(chunk) == chunk.startPosition()) {
      return index == 0 ? Optional.empty() : lastTime(index - 1);
    }
    return Optional.of(log.recordEndingAt(log.dataEnd(chunk)).timestamp());
  }

  /** A scavenged chunk's footer tells where its data ends in the file; manifests do not. */
  private Chunk withRealFooter(int index) throws IOException {
    ChunkFileName name = facts.get(index).name();
    FileEntry entry = entries.get(name);
    try (StoredChunk chunk = new StoredChunk(entry, reader)) {
      byte[] bytes =
          chunk.readFully(entry.lengthBytes() - ChunkFooter.LENGTH_BYTES, ChunkFooter.LENGTH_BYTES);
      long physical = ChunkFooter.parse(bytes, name.toString())
          .map(ChunkFooter::physicalDataBytes)
          .orElse(0L);
      Chunk real = facts(entry, files.manifest().log().chunkSizeBytes(), Optional.of(physical));
      facts.set(index, real);
      log = new LogReader(facts, log.writer(), this::open);
      return real;
    }
  }

  /** A chunk whose records cannot be read without a key. */
  public static final class EncryptedChunk extends IOException {
    private static final long serialVersionUID = 1L;

    EncryptedChunk(String file) {
      super(file + " is encrypted at rest: its records cannot be read without its key");
    }
  }
}
