package io.coldstream.core.repository.log;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.ChunkFooter;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.log.DescribedRecord;
import io.coldstream.eventstore.log.LogReader;
import io.coldstream.eventstore.log.RecordDescriptions;
import io.coldstream.eventstore.log.SafeCuts;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The log of a backup, read where it is stored: only the chunks, and of these only the ranges, that
 * a question needs. A search for a time walks over one chunk, once. Not thread-safe.
 */
public final class StoredLog {

  private final BackupFiles files;
  private final ResentReader reader;
  private final Map<ChunkFileName, FileEntry> entries = new HashMap<>();
  private final List<Chunk> facts = new ArrayList<>();
  private final Set<ChunkFileName> readable = new HashSet<>();
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
      Chunk chunk = ChunkFacts.of(file, files.manifest().log().chunkSizeBytes());
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
   * Reads the last record below a cut.
   *
   * @param cut a safe cut
   * @return the record; empty when no chunk below holds one
   * @throws IOException when the log cannot be read
   */
  public Optional<DescribedRecord> recordBelow(long cut) throws IOException {
    int index = facts.indexOf(log.chunkAt(cut - 1));
    Chunk chunk = facts.get(index);
    if (cut < chunk.endPosition() && cut < log.dataEnd(chunk)) {
      return Optional.of(new RecordDescriptions(log).endingAt(cut));
    }
    Optional<Chunk> filled = withRecords(index);
    return filled.isPresent()
        ? Optional.of(new RecordDescriptions(log).endingAt(log.dataEnd(filled.get())))
        : Optional.empty();
  }

  /**
   * Reads the first record at or above a cut.
   *
   * @param cut a safe cut
   * @return the record; empty when the log ends there
   * @throws IOException when the log cannot be read
   */
  public Optional<DescribedRecord> recordFrom(long cut) throws IOException {
    long start = cut;
    while (start < end()) {
      int index = facts.indexOf(log.chunkAt(start));
      Chunk chunk = withFooter(index);
      if (start < log.dataEnd(chunk) && holdsRecords(chunk)) {
        return Optional.of(new RecordDescriptions(log).startingAt(start));
      }
      start = chunk.endPosition();
    }
    return Optional.empty();
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
    OptionalLong cut = lastSafeEnd(chunk, time);
    return cut.isPresent() ? cut.getAsLong() : safeCut(start);
  }

  /** Walks once over a chunk, up to its first record that is later than a moment. */
  private OptionalLong lastSafeEnd(Chunk chunk, Instant time) throws IOException {
    AtomicReference<OptionalLong> last = new AtomicReference<>(OptionalLong.empty());
    log.walk(chunk.startPosition(), log.dataEnd(chunk), record -> {
      boolean later = record.timestamp().isAfter(time);
      if (!later && record.endsAtSafeCut()) {
        last.set(OptionalLong.of(record.endPosition()));
      }
      return !later;
    });
    return last.get();
  }

  private Optional<Instant> lastTime(int index) throws IOException {
    Optional<Chunk> chunk = withRecords(index);
    return chunk.isPresent()
        ? Optional.of(log.recordEndingAt(log.dataEnd(chunk.get())).timestamp())
        : Optional.empty();
  }

  /** The chunk, or the nearest one before it that holds records. */
  private Optional<Chunk> withRecords(int index) throws IOException {
    for (int i = index; i >= 0; i--) {
      Chunk chunk = withFooter(i);
      if (holdsRecords(chunk)) {
        return Optional.of(chunk);
      }
    }
    return Optional.empty();
  }

  private boolean holdsRecords(Chunk chunk) {
    return chunk.footer().filter(f -> f.physicalDataBytes() == 0).isEmpty()
        && log.dataEnd(chunk) > chunk.startPosition();
  }

  private Chunk withFooter(int index) throws IOException {
    Chunk chunk = facts.get(index);
    return chunk.header().scavenged() ? withRealFooter(index) : chunk;
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
      Chunk real = ChunkFacts.of(entry, files.manifest().log().chunkSizeBytes(), physical);
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
