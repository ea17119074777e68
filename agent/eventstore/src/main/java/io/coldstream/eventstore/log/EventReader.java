package io.coldstream.eventstore.log;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.chunk.Chunk;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads what is left of a log whose chunks may have been scavenged: whole events, and walks over the
 * records that were kept. The facts of a scavenged chunk must have its real footer.
 */
public final class EventReader {

  private final LogReader log;

  /**
   * A reader of a log.
   *
   * @param log the log
   */
  public EventReader(LogReader log) {
    this.log = log;
  }

  /**
   * The whole event that starts at a position.
   *
   * @param position where it starts, below the log's end
   * @return the event; empty when a scavenge has dropped the record
   * @throws DatabaseException when what starts there is no event, or is damaged
   * @throws IOException when it cannot be read
   * @throws IllegalArgumentException when the position lies outside the log
   */
  public Optional<EventRecord> eventAt(long position) throws IOException {
    Chunk chunk = log.chunkAt(position);
    if (position >= log.dataEnd(chunk)) {
      return Optional.empty();
    }
    try (ChunkRecords records = log.open(chunk)) {
      return records.event(position);
    }
  }

  /**
   * Walks forwards over the records that were kept.
   *
   * @param from a record's start, or a chunk's; in a scavenged chunk any position
   * @param to a record's end, or a chunk's start, at most the log's end
   * @param visitor receives each record that starts between the two, and returns whether to continue
   * @throws DatabaseException at the first one that is damaged
   * @throws IOException when they cannot be read, or what the visitor threw
   */
  public void walk(long from, long to, RecordVisitor visitor) throws IOException {
    for (Chunk chunk : log.chunks()) {
      long start = Math.max(from, chunk.startPosition());
      long end = Math.min(to, log.dataEnd(chunk));
      if (start < end && !walk(chunk, start, end, visitor)) {
        return;
      }
    }
  }

  private boolean walk(Chunk chunk, long from, long to, RecordVisitor visitor) throws IOException {
    if (chunk.header().scavenged()) {
      try (ChunkRecords records = log.open(chunk)) {
        return records.visitKept(from, to, visitor);
      }
    }
    RecordFraming framing = log.feed(chunk, from, to, visitor);
    if (!framing.isStopped()) {
      framing.finish();
    }
    return !framing.isStopped();
  }
}
