package io.coldstream.core.repository.log;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.log.EventReader;
import io.coldstream.eventstore.log.EventRecord;
import io.coldstream.eventstore.log.LogRecord;
import io.coldstream.eventstore.log.RecordVisitor;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The events of a backup's log, read where they are stored, in chunks of any kind. Not thread-safe. */
public final class StoredEvents {

  private final StoredChunks chunks;

  /**
   * The events of one backup.
   *
   * @param files the backup
   * @param cached reads its files
   * @throws IOException when the log cannot be read
   */
  public StoredEvents(BackupFiles files, CachedFiles cached) throws IOException {
    this.chunks = new StoredChunks(files, cached);
  }

  /** {@return the end of the log} */
  public long end() {
    return chunks.log().writer();
  }

  /**
   * Reads the whole event that starts at a position.
   *
   * @param position where it starts, below the log's end
   * @return the event; empty when a scavenge has dropped its record
   * @throws IOException when none starts there, or it cannot be read
   */
  public Optional<EventRecord> eventAt(long position) throws IOException {
    chunks.withRealFooter(chunks.indexAt(position));
    return new EventReader(chunks.log()).eventAt(position);
  }

  /**
   * Walks forwards over the records that are still there.
   *
   * @param from a record's start, or a chunk's
   * @param to a record's end, or a chunk's, at most the log's end
   * @param visitor receives each record, and returns whether to continue
   * @throws IOException when they cannot be read, or what the visitor threw
   */
  public void walk(long from, long to, RecordVisitor visitor) throws IOException {
    for (int i = 0; i < chunks.facts().size(); i++) {
      Chunk chunk = chunks.facts().get(i);
      if (chunk.startPosition() < to && chunk.endPosition() > from) {
        chunks.withRealFooter(i);
      }
    }
    new EventReader(chunks.log()).walk(from, to, visitor);
  }

  /**
   * The first record that is still there of the chunk file that holds a position.
   *
   * @param position the chunk's start, below the log's end
   * @return the record; empty when the chunk holds none
   * @throws IOException when it cannot be read
   */
  public Optional<LogRecord> firstOfChunk(long position) throws IOException {
    Chunk chunk = chunks.withRealFooter(chunks.indexAt(position));
    long end = chunks.log().dataEnd(chunk);
    if (end <= chunk.startPosition()) {
      return Optional.empty();
    }
    if (!chunk.header().scavenged()) {
      return Optional.of(chunks.log().recordAt(chunk.startPosition()));
    }
    AtomicReference<LogRecord> first = new AtomicReference<>();
    new EventReader(chunks.log()).walk(chunk.startPosition(), end, record -> {
      first.set(record);
      return false;
    });
    return Optional.ofNullable(first.get());
  }
}
