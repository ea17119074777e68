package io.coldstream.core.drill.events;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.ChunkReader;
import io.coldstream.eventstore.chunk.Cover;
import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.LocalDatabaseFiles;
import io.coldstream.eventstore.files.OpenFile;
import io.coldstream.eventstore.log.EventReader;
import io.coldstream.eventstore.log.EventRecord;
import io.coldstream.eventstore.log.LogReader;
import io.coldstream.eventstore.log.PrepareRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** The log in the files of a restored database, before a server has changed them. Not thread-safe. */
final class RestoredLog {

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
    return prepare.isCommitted() && prepare.isNumbered() && !prepare.deletesStream();
  }

  /** The whole event of a record. */
  LoggedEvent event(PrepareRecord record) throws IOException {
    EventRecord event = new EventReader(log)
        .eventAt(record.position())
        .orElseThrow(() -> new IllegalStateException("a record that was walked over is gone"));
    MessageDigest data = Sha256.newDigest();
    data.update(event.data());
    return new LoggedEvent(
        record.position(),
        record.stream().text(),
        record.number(),
        event.id(),
        event.type(),
        record.isJson(),
        Sha256.of(data));
  }
}
