package io.coldstream.eventstore.log;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkHeader;
import java.io.IOException;

/**
 * Reads records with what names their events.
 *
 * @param log the log
 */
public record RecordDescriptions(LogReader log) {

  /**
   * The record that ends at a position.
   *
   * @param end as {@link LogReader#recordEndingAt} takes it
   * @return the record
   * @throws DatabaseException when none is known to end there, or it is damaged
   * @throws IOException when it cannot be read
   */
  public DescribedRecord endingAt(long end) throws IOException {
    Chunk chunk = log.chunkAt(end - 1);
    try (ChunkRecords records = log.open(chunk)) {
      long offset = log.endOffset(chunk, records, end);
      LogRecord record = records.endingAt(offset);
      return records.described(record, offset - (record.endPosition() - record.position()));
    }
  }

  /**
   * The record that starts at a position, or the first one of a chunk.
   *
   * @param start a record's start in an unscavenged chunk, or the start of any chunk with records
   * @return the record
   * @throws DatabaseException when none starts there, or it is damaged
   * @throws IOException when it cannot be read
   */
  public DescribedRecord startingAt(long start) throws IOException {
    Chunk chunk = log.chunkAt(start);
    try (ChunkRecords records = log.open(chunk)) {
      return start == chunk.startPosition()
          ? records.described(records.first(), ChunkHeader.LENGTH_BYTES)
          : records.described(records.at(start), chunk.fileOffset(start));
    }
  }
}
