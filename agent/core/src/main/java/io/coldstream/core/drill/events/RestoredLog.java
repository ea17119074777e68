package io.coldstream.core.drill.events;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.chunk.ChunkReader;
import io.coldstream.eventstore.chunk.Cover;
import io.coldstream.eventstore.chunk.PositionMap;
import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.LocalDatabaseFiles;
import io.coldstream.eventstore.files.OpenFile;
import io.coldstream.eventstore.log.LogReader;
import io.coldstream.eventstore.log.PrepareRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The log in the files of a restored database, before a server has changed them. Not thread-safe. */
final class RestoredLog {

  private static final int LENGTH_FIELD_BYTES = Integer.BYTES;
  private static final int FRAME_BYTES = 2 * LENGTH_FIELD_BYTES;

  private static final int DATA = 0x01;
  private static final int STREAM_DELETE = 0x08;
  private static final int IS_COMMITTED = 0x20;

  private final DatabaseFiles files = new LocalDatabaseFiles();
  private final Path database;
  private final long end;
  private final LogReader log;

  /**
   * Reads which files hold the log.
   *
   * @param database the restored database
   * @param writer the end of what the files hold
   * @param end where the log ends for a server
   */
  RestoredLog(Path database, long writer, long end) throws IOException {
    this.database = database;
    this.end = end;
    Cover cover = Cover.of(files.list(database), name -> facts(name).header(), writer);
    List<Chunk> chunks = new ArrayList<>();
    for (ChunkFileName name : cover.chunks()) {
      chunks.add(facts(name));
    }
    this.log = new LogReader(chunks, writer, this::open);
  }

  private Chunk facts(ChunkFileName name) throws IOException {
    try (OpenFile file = open(name)) {
      return ChunkReader.activeFacts(file, name);
    }
  }

  private OpenFile open(ChunkFileName name) throws IOException {
    return files.open(database.resolve(name.toString()));
  }

  /** The chunks that a server keeps, in their order. */
  List<Chunk> chunks() {
    return log.chunks().stream().filter(chunk -> chunk.startPosition() < end).toList();
  }

  /**
   * The records of the last events of a chunk, the newest first.
   *
   * @param chunk one of the chunks
   * @param most how many records are looked at
   * @return those that became events by themselves: no part of an explicit transaction, whose number
   *     is in another record, and no deletion
   */
  List<PrepareRecord> events(Chunk chunk, int most) throws IOException {
    List<PrepareRecord> found = new ArrayList<>();
    int[] left = {most};
    log.walkBackwards(Math.min(end, chunk.endPosition()), record -> {
      if (record.position() < chunk.startPosition() || left[0]-- == 0) {
        return false;
      }
      if (record instanceof PrepareRecord prepare && isEvent(prepare)) {
        found.add(prepare);
      }
      return true;
    });
    return found;
  }

  private static boolean isEvent(PrepareRecord prepare) {
    int kind = prepare.flags() & (DATA | STREAM_DELETE | IS_COMMITTED);
    return kind == (DATA | IS_COMMITTED);
  }

  /** The whole event of a record. */
  LoggedEvent event(PrepareRecord record) throws IOException {
    Chunk chunk = log.chunkAt(record.position());
    String name = chunk.name().toString();
    try (OpenFile file = open(chunk.name())) {
      long offset = chunk.header().scavenged()
          ? new PositionMap(file, chunk)
              .fileOffset(record.position())
              .orElseThrow(() -> DatabaseException.damaged(
                  name,
                  Invariant.I2,
                  "the event at " + record.position() + " is not in the position map"))
          : ChunkHeader.LENGTH_BYTES + record.position() - chunk.startPosition();
      int payloadBytes = (int) (record.endPosition() - record.position() - FRAME_BYTES);
      return EventPayload.parse(
          name, record.position(), file.readFully(offset + LENGTH_FIELD_BYTES, payloadBytes));
    }
  }
}
