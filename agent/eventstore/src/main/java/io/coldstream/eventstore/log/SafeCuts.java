package io.coldstream.eventstore.log;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.chunk.Chunk;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Finds the positions where a log may end without splitting an atomic write ({@code
 * database-files.md#s5-safe-cuts}, {@code database-files.md#i1}; 5.0 to 26.1). The start of a
 * chunk is preferred to the end of the record before it. Position 0, an empty log, is one too.
 */
public final class SafeCuts {

  private SafeCuts() {}

  /**
   * The last safe cut at or below any position. Walks over the records of the chunk that holds it;
   * inside a scavenged chunk there is no cut, only at its start and its end.
   *
   * @param log the log
   * @param position from 0 to the log's end
   * @return the position of the cut; 0 when there is none above
   * @throws DatabaseException when a record on the way is damaged
   * @throws IOException when a record cannot be read
   */
  public static long atOrBelow(LogReader log, long position) throws IOException {
    long limit = position;
    while (limit > 0) {
      Chunk chunk = log.chunkAt(limit - 1);
      if (limit == chunk.endPosition() && isSafeEnd(log, chunk)) {
        return limit;
      }
      if (!chunk.header().scavenged()) {
        long to = Math.min(limit, log.dataEnd(chunk));
        OptionalLong cut =
            log.feed(chunk, chunk.startPosition(), to, RecordVisitor.ALL).lastSafeCut();
        if (cut.isPresent()) {
          return cut.getAsLong();
        }
      }
      limit = chunk.startPosition();
    }
    return 0;
  }

  /**
   * The last safe cut at or below the end of a record: the same as {@link #atOrBelow}, found by
   * walking backwards from it, normally one record.
   *
   * @param log the log
   * @param end a record's end in an unscavenged chunk, or a chunk's start; normally the log's end
   * @return the position of the cut; 0 when there is none above
   * @throws DatabaseException when {@code end} is no such place, or a record is damaged
   * @throws IOException when a record cannot be read
   */
  public static long atOrBelowRecordEnd(LogReader log, long end) throws IOException {
    if (end == 0) {
      return 0;
    }
    Chunk chunk = log.chunkAt(end - 1);
    if (end == chunk.endPosition()) {
      return atOrBelow(log, end);
    }
    Walk walk = new Walk(chunk.startPosition());
    log.walkBackwards(end, walk);
    return walk.cut.isPresent() ? walk.cut.getAsLong() : atOrBelow(log, chunk.startPosition());
  }

  /** Whether the next chunk's start is a safe cut, as far as this chunk goes. */
  private static boolean isSafeEnd(LogReader log, Chunk chunk) throws IOException {
    if (chunk.header().scavenged() || log.dataEnd(chunk) == chunk.startPosition()) {
      return true;
    }
    return log.recordEndingAt(log.dataEnd(chunk)).endsAtSafeCut();
  }

  private static final class Walk implements RecordVisitor {

    private final long lowest;
    private OptionalLong cut = OptionalLong.empty();

    Walk(long lowest) {
      this.lowest = lowest;
    }

    @Override
    public boolean visit(LogRecord record) {
      if (record.position() < lowest) {
        return false;
      }
      if (record.endsAtSafeCut()) {
        cut = OptionalLong.of(record.endPosition());
      }
      return cut.isEmpty();
    }
  }
}
