package io.coldstream.core.repository.log;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.log.LogRecord;
import io.coldstream.eventstore.log.SafeCuts;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The log of a backup, read where it is stored: only the chunks, and of these only the ranges, that
 * a question needs. A search for a time walks over one chunk, once. Not thread-safe.
 */
public final class StoredLog {

  private final StoredChunks chunks;
  private Optional<LogRecord> beforeCut = Optional.empty();

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
    int index = chunks.indexAt(cut - 1);
    if (cut == chunks.facts().get(index).endPosition()
        || cut == chunks.log().dataEnd(chunks.facts().get(index))) {
      return lastTime(index);
    }
    return Optional.of(chunks.log().recordEndingAt(cut).timestamp());
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
    chunks.log().walk(chunk.startPosition(), chunks.log().dataEnd(chunk), record -> {
      boolean later = record.timestamp().isAfter(time);
      if (!later && record.endsAtSafeCut()) {
        last.set(record);
      }
      return !later;
    });
    return Optional.ofNullable(last.get());
  }

  private Optional<Instant> lastTime(int index) throws IOException {
    Chunk chunk = chunks.facts().get(index);
    if (chunk.header().scavenged()) {
      chunk = chunks.withRealFooter(index);
    }
    if (chunk.footer().filter(f -> f.physicalDataBytes() == 0).isPresent()
        || chunks.log().dataEnd(chunk) == chunk.startPosition()) {
      return index == 0 ? Optional.empty() : lastTime(index - 1);
    }
    return Optional.of(chunks.log().recordEndingAt(chunks.log().dataEnd(chunk)).timestamp());
  }

  /** A chunk whose records cannot be read without a key. */
  public static final class EncryptedChunk extends IOException {
    private static final long serialVersionUID = 1L;

    EncryptedChunk(String file) {
      super(file + " is encrypted at rest: its records cannot be read without its key");
    }
  }
}
