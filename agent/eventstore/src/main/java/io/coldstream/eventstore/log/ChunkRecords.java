package io.coldstream.eventstore.log;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.chunk.PositionMap;
import io.coldstream.eventstore.files.OpenFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the records of one open chunk by their file offsets, for scavenged and unscavenged chunks
 * ({@code database-files.md#s5}).
 */
final class ChunkRecords implements Closeable {

  private static final int LENGTH_FIELD_BYTES = Integer.BYTES;

  private final OpenFile file;
  private final Chunk facts;
  private final long dataEndOffset;
  private final ReadWindow window;
  private final RecordParser parser;

  private ChunkRecords(OpenFile file, Chunk facts, long dataEndOffset) {
    this.file = file;
    this.facts = facts;
    this.dataEndOffset = dataEndOffset;
    this.window = new ReadWindow(file, dataEndOffset);
    this.parser = new RecordParser(facts.name().toString());
  }

  static ChunkRecords open(ChunkOpener opener, Chunk facts, long writer) throws IOException {
    if (!facts.header().isIdentity()) {
      throw DatabaseException.unsupported(
          facts.name().toString(),
          Invariant.I10,
          "is stored with transform " + facts.header().transform() + " (1 is encryption at rest)",
          "its records cannot be read without its key");
    }
    long dataEndOffset = facts.endPosition() > writer
        ? facts.fileOffset(writer)
        : ChunkHeader.LENGTH_BYTES + facts.footer().orElseThrow().physicalDataBytes();
    return new ChunkRecords(opener.open(facts.name()), facts, dataEndOffset);
  }

  /** Where the data ends in the file: behind its last record. */
  long dataEndOffset() {
    return dataEndOffset;
  }

  /** Reads raw data, for feeding on. */
  int read(ByteBuffer into, long offset) throws IOException {
    return file.read(into, offset);
  }

  /** The record that starts at a position of the log. */
  LogRecord at(long position) throws IOException {
    OptionalLong offset = offset(position);
    if (offset.isEmpty()) {
      throw parser.damaged(position, "is not in the chunk's position map");
    }
    return startingAt(offset.getAsLong(), position);
  }

  /** The whole event that starts at a position of the log; empty when a scavenge dropped it. */
  Optional<EventRecord> event(long position) throws IOException {
    OptionalLong offset = offset(position);
    if (offset.isEmpty()) {
      return Optional.empty();
    }
    int payloadBytes = payloadBytes(offset.getAsLong(), position);
    byte[] payload = window.read(offset.getAsLong() + LENGTH_FIELD_BYTES, payloadBytes);
    return Optional.of(EventRecord.parse(parser, payload, position));
  }

  /**
   * Visits the kept records of a scavenged chunk from a position on, in the order of the log.
   *
   * @return false when the visitor has stopped
   */
  boolean visitKept(long from, long to, RecordVisitor visitor) throws IOException {
    OptionalLong first = new PositionMap(file, facts).fileOffsetAtOrAbove(from);
    long offset = first.orElse(dataEndOffset);
    while (offset < dataEndOffset) {
      LogRecord record = startingAt(offset, expectedPosition(offset));
      if (record.position() >= to) {
        return true;
      }
      if (!visitor.visit(record)) {
        return false;
      }
      offset += record.endPosition() - record.position();
    }
    return true;
  }

  private OptionalLong offset(long position) throws IOException {
    return facts.header().scavenged()
        ? new PositionMap(file, facts).fileOffset(position)
        : OptionalLong.of(facts.fileOffset(position));
  }

  /** The record that ends at an offset of the file. */
  LogRecord endingAt(long offset) throws IOException {
    long position = facts.header().scavenged()
        ? facts.startPosition()
        : facts.startPosition() + offset - ChunkHeader.LENGTH_BYTES;
    if (offset - RecordParser.FRAME_BYTES <= ChunkHeader.LENGTH_BYTES) {
      throw noRecordEnd(position, "too close to the chunk's start");
    }
    int payloadBytes = length(offset - LENGTH_FIELD_BYTES);
    long from = offset - RecordParser.FRAME_BYTES - payloadBytes;
    if (payloadBytes < 1
        || payloadBytes > RecordParser.MAX_PAYLOAD_BYTES
        || from < ChunkHeader.LENGTH_BYTES) {
      throw noRecordEnd(position, "the length before it is " + payloadBytes);
    }
    if (length(from) != payloadBytes) {
      throw noRecordEnd(
          position, "the length before it is " + payloadBytes + ", which leads to no record");
    }
    return startingAt(from, expectedPosition(from));
  }

  /** The record at the beginning of the data. */
  LogRecord first() throws IOException {
    return startingAt(ChunkHeader.LENGTH_BYTES, expectedPosition(ChunkHeader.LENGTH_BYTES));
  }

  /** A record whose offset is known, with what names its event. */
  DescribedRecord described(LogRecord record, long offset) throws IOException {
    if (!(record instanceof PrepareRecord)) {
      return new DescribedRecord(record, Optional.empty());
    }
    long bytes = record.endPosition() - record.position() - RecordParser.FRAME_BYTES;
    byte[] payload = window.read(offset + LENGTH_FIELD_BYTES, (int) bytes);
    EventRecord event = EventRecord.parse(parser, payload, record.position());
    return new DescribedRecord(record, Optional.of(EventIdentity.of(event)));
  }

  /** The length of the payload of a record, checked on both sides of it. */
  private int payloadBytes(long offset, long position) throws IOException {
    if (offset + RecordParser.FRAME_BYTES > dataEndOffset) {
      throw parser.damaged(position, "runs past the end of the data");
    }
    int payloadBytes = length(offset);
    if (payloadBytes < 1 || payloadBytes > RecordParser.MAX_PAYLOAD_BYTES) {
      throw parser.damaged(position, "states a length of " + payloadBytes + " bytes");
    }
    long suffixOffset = offset + LENGTH_FIELD_BYTES + payloadBytes;
    if (suffixOffset + LENGTH_FIELD_BYTES > dataEndOffset) {
      throw parser.damaged(
          position, "states a length of " + payloadBytes + " bytes, past the end of the data");
    }
    int suffix = length(suffixOffset);
    if (suffix != payloadBytes) {
      throw parser.damaged(
          position,
          "states a length of " + payloadBytes + " bytes before it, and of " + suffix
              + " after it");
    }
    return payloadBytes;
  }

  private LogRecord startingAt(long offset, long position) throws IOException {
    int payloadBytes = payloadBytes(offset, position);
    byte[] head = new byte[0];
    int needed = parser.neededBytes(head, 0, payloadBytes);
    while (needed > head.length) {
      head = window.read(offset + LENGTH_FIELD_BYTES, needed);
      needed = parser.neededBytes(head, head.length, payloadBytes);
    }
    return parser.parse(head, head.length, payloadBytes, position);
  }

  /** What a record at an offset must say of its position; in a scavenged chunk what it says. */
  private long expectedPosition(long offset) throws IOException {
    if (!facts.header().scavenged()) {
      return facts.startPosition() + offset - ChunkHeader.LENGTH_BYTES;
    }
    long own = ByteBuffer.wrap(
            window.read(offset + LENGTH_FIELD_BYTES + RecordParser.POSITION_AT, Long.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong();
    if (own < facts.startPosition() || own >= facts.endPosition()) {
      throw parser.damaged(own, "is in a chunk that does not hold this position");
    }
    return own;
  }

  private int length(long offset) throws IOException {
    return ByteBuffer.wrap(window.read(offset, LENGTH_FIELD_BYTES))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getInt();
  }

  private DatabaseException noRecordEnd(long position, String found) {
    return DatabaseException.damaged(
        facts.name().toString(), Invariant.I1, "no record ends at " + position + ": " + found);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
