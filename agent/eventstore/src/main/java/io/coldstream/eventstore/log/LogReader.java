package io.coldstream.eventstore.log;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkFooter;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.chunk.CoverProof;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads the log record by record from the files of a cover. Reads by position what a call needs
 * and keeps nothing between calls. As fit for several threads as its opener is.
 */
public final class LogReader {

  private static final int BUFFER_BYTES = 256 * 1024;

  private final List<Chunk> chunks;
  private final long writer;
  private final ChunkOpener opener;

  /**
   * A log in files that fit together.
   *
   * @param chunks the facts of the cover's files, in its order
   * @param writer the end of the log, above 0
   * @param opener opens them
   * @throws DatabaseException when {@link CoverProof} refuses them
   */
  public LogReader(List<Chunk> chunks, long writer, ChunkOpener opener) throws DatabaseException {
    CoverProof.check(chunks, writer);
    if (writer <= 0) {
      throw new IllegalArgumentException("a log that ends at " + writer);
    }
    this.chunks = List.copyOf(chunks);
    this.writer = writer;
    this.opener = opener;
  }

  /** {@return the end of the log} */
  public long writer() {
    return writer;
  }

  /** {@return the files that hold it, in its order} */
  public List<Chunk> chunks() {
    return chunks;
  }

  /**
   * The file that holds a position.
   *
   * @param position from 0 to below the log's end
   * @return its facts
   * @throws IllegalArgumentException when the position lies outside the log
   */
  public Chunk chunkAt(long position) {
    if (position < 0 || position >= writer) {
      throw new IllegalArgumentException(
          "position " + position + " of a log that ends at " + writer);
    }
    return chunks.get(indexAt(position));
  }

  /**
   * Where the records of a file end in the log; behind that lies a gap up to the next file.
   *
   * @param chunk one of this log's files
   * @return the end of its last record: of the last one kept, if it is scavenged
   */
  public long dataEnd(Chunk chunk) {
    return chunk.endPosition() > writer
        ? writer
        : chunk.startPosition()
            + chunk.footer().map(ChunkFooter::logicalDataBytes).orElseThrow();
  }

  /**
   * The record that starts at a position, in a chunk of any kind.
   *
   * @param position where it starts
   * @return the record
   * @throws DatabaseException when none starts there, or it is damaged
   * @throws IOException when it cannot be read
   */
  public LogRecord recordAt(long position) throws IOException {
    if (position < 0 || position >= writer) {
      throw DatabaseException.damaged(
          "log",
          Invariant.I5,
          "no record can start at " + position + ", the log ends at " + writer);
    }
    try (ChunkRecords records = open(chunkAt(position))) {
      return records.at(position);
    }
  }

  /**
   * The record that ends at a position, by the length behind it.
   *
   * @param end above 0 and at most the log's end; in a scavenged chunk only the end of its last
   *     record is known
   * @return the record
   * @throws DatabaseException when none is known to end there, or it is damaged
   * @throws IOException when it cannot be read
   */
  public LogRecord recordEndingAt(long end) throws IOException {
    Chunk chunk = chunkAt(end - 1);
    try (ChunkRecords records = open(chunk)) {
      return records.endingAt(endOffset(chunk, records, end));
    }
  }

  /**
   * Walks forwards over every record of a stretch, and proves by that that it consists of records.
   *
   * @param from a record's start, or a chunk's, in an unscavenged chunk
   * @param to a record's end or a chunk's, at most the log's end; no scavenged chunk in between
   * @param visitor sees each record, and says whether to continue
   * @throws DatabaseException at the first one that is damaged, or when {@code to} is no record's
   *     end
   * @throws IOException when they cannot be read, or what the visitor threw
   * @throws IllegalArgumentException when the stretch is empty or not in this log, or a scavenged
   *     chunk lies in it
   */
  public void walk(long from, long to, RecordVisitor visitor) throws IOException {
    if (from >= to) {
      throw new IllegalArgumentException("from " + from + " to " + to);
    }
    int last = indexAt(chunkAt(to - 1).startPosition());
    long start = from;
    for (int i = indexAt(chunkAt(from).startPosition()); i <= last; i++) {
      Chunk chunk = chunks.get(i);
      long end = i < last || to == chunk.endPosition() ? dataEnd(chunk) : to;
      if (end > dataEnd(chunk)) {
        throw DatabaseException.damaged(
            chunk.name().toString(),
            Invariant.I1,
            "its last record ends at " + dataEnd(chunk) + ", below " + to);
      }
      RecordFraming framing = feed(chunk, start, end, visitor);
      if (framing.isStopped()) {
        return;
      }
      framing.finish();
      start = chunk.endPosition();
    }
  }

  /**
   * Walks backwards over the records, through chunks of any kind, by the lengths behind them.
   *
   * @param from a record's end, or a chunk's start
   * @param visitor receives each record, and returns whether to continue
   * @throws DatabaseException at the first one that is damaged, or when {@code from} is no such
   *     place
   * @throws IOException when they cannot be read, or what the visitor threw
   */
  public void walkBackwards(long from, RecordVisitor visitor) throws IOException {
    if (from == 0) {
      return;
    }
    int last = indexAt(chunkAt(from - 1).startPosition());
    for (int i = last; i >= 0; i--) {
      Chunk chunk = chunks.get(i);
      try (ChunkRecords records = open(chunk)) {
        long offset = i == last && from < chunk.endPosition()
            ? endOffset(chunk, records, from)
            : records.dataEndOffset();
        while (offset > ChunkHeader.LENGTH_BYTES) {
          LogRecord record = records.endingAt(offset);
          if (!visitor.visit(record)) {
            return;
          }
          offset -= record.endPosition() - record.position();
        }
      }
    }
  }

  /** Feeds a stretch of one unscavenged chunk, which may end inside a record. */
  RecordFraming feed(Chunk chunk, long from, long to, RecordVisitor visitor) throws IOException {
    RecordFraming framing = new RecordFraming(chunk.name().toString(), from, visitor);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (ChunkRecords records = open(chunk)) {
      long offset = chunk.fileOffset(from);
      long end = chunk.fileOffset(to);
      while (offset < end) {
        buffer.clear().limit((int) Math.min(BUFFER_BYTES, end - offset));
        int count = records.read(buffer, offset);
        if (count < 0) {
          throw DatabaseException.changed(
              chunk.name().toString(),
              Invariant.I3,
              "ends at " + offset + ", expected are the bytes up to " + end);
        }
        offset += count;
        if (!framing.feed(buffer.flip())) {
          break;
        }
      }
    }
    return framing;
  }

  ChunkRecords open(Chunk chunk) throws IOException {
    return ChunkRecords.open(opener, chunk, writer);
  }

  long endOffset(Chunk chunk, ChunkRecords records, long end) throws DatabaseException {
    if (end == dataEnd(chunk)) {
      return records.dataEndOffset();
    }
    if (chunk.header().scavenged() || end > dataEnd(chunk)) {
      throw DatabaseException.damaged(
          chunk.name().toString(),
          Invariant.I1,
          "no record is known to end at " + end + ", its last one ends at " + dataEnd(chunk));
    }
    return chunk.fileOffset(end);
  }

  /** The index of the file that holds a position; the files are in order and without gaps. */
  private int indexAt(long position) {
    int low = 0;
    int high = chunks.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (chunks.get(middle).startPosition() <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
