package io.coldstream.core.repository.log;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.log.DescribedRecord;
import io.coldstream.eventstore.log.RecordDescriptions;
import io.coldstream.eventstore.log.SafeCuts;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The log of a backup, read where it is stored: only the chunks, and of these only the ranges, that
 * a question needs. A search for a time walks over one chunk, once. Not thread-safe.
 */
public final class StoredLog {

  private final StoredChunks chunks;

  /**
   * The log of one backup.
   *
   * @param files the backup
   * @param reader reads its objects
   * @throws IOException when the log cannot be read
   */
  public StoredLog(BackupFiles files, ResentReader reader) throws IOException {
    this.chunks = new StoredChunks(files, entry -> new StoredFile(entry, reader));
  }

  /** {@return the end of the log} */
  public long end() {
    return chunks.log().writer();
  }

  /**
   * Finds the last safe cut at or below a position.
   *
   * @param position where to begin to look
   * @return the cut
   * @throws IOException when the log cannot be read
   */
  public long safeCut(long position) throws IOException {
    return SafeCuts.atOrBelow(chunks.log(), position);
  }

  /**
   * Finds the chunk that holds a position.
   *
   * @param position below the end
   * @return the chunk
   */
  public Chunk chunkAt(long position) {
    return chunks.log().chunkAt(position);
  }

  /**
   * Reads the last record below a cut.
   *
   * @param cut a safe cut
   * @return the record; empty when no chunk below holds one
   * @throws IOException when the log cannot be read
   */
  public Optional<DescribedRecord> recordBelow(long cut) throws IOException {
    int index = chunks.indexAt(cut - 1);
    Chunk chunk = chunks.facts().get(index);
    if (cut < chunk.endPosition() && cut < chunks.log().dataEnd(chunk)) {
      return Optional.of(new RecordDescriptions(chunks.log()).endingAt(cut));
    }
    OptionalLong end = lastEnd(index);
    return end.isPresent()
        ? Optional.of(new RecordDescriptions(chunks.log()).endingAt(end.getAsLong()))
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
      Chunk chunk = chunks.withRealFooter(chunks.indexAt(start));
      if (start < chunks.log().dataEnd(chunk) && holdsRecords(chunk)) {
        return Optional.of(new RecordDescriptions(chunks.log()).startingAt(start));
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
    int high = chunks.facts().size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (lastTime(middle).orElse(Instant.MIN).isAfter(time)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    if (low == chunks.facts().size()) {
      return safeCut(end());
    }
    Chunk chunk = chunks.facts().get(low);
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
    chunks.log().walk(chunk.startPosition(), chunks.log().dataEnd(chunk), record -> {
      boolean later = record.timestamp().isAfter(time);
      if (!later && record.endsAtSafeCut()) {
        last.set(OptionalLong.of(record.endPosition()));
      }
      return !later;
    });
    return last.get();
  }

  private Optional<Instant> lastTime(int index) throws IOException {
    OptionalLong end = lastEnd(index);
    return end.isPresent()
        ? Optional.of(chunks.log().recordEndingAt(end.getAsLong()).timestamp())
        : Optional.empty();
  }

  /** Where the last record ends of a chunk, or of the nearest one before it that holds records. */
  private OptionalLong lastEnd(int index) throws IOException {
    for (int i = index; i >= 0; i--) {
      Chunk chunk = chunks.withRealFooter(i);
      if (holdsRecords(chunk)) {
        return OptionalLong.of(chunks.log().dataEnd(chunk));
      }
    }
    return OptionalLong.empty();
  }

  private boolean holdsRecords(Chunk chunk) {
    return chunk.footer().filter(f -> f.physicalDataBytes() == 0).isEmpty()
        && chunks.log().dataEnd(chunk) > chunk.startPosition();
  }

  /** A chunk whose records cannot be read without a key. */
  public static final class EncryptedChunk extends IOException {
    private static final long serialVersionUID = 1L;

    EncryptedChunk(String file) {
      super(file + " is encrypted at rest: its records cannot be read without its key");
    }
  }
}
