package io.coldstream.eventstore;

import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.checkpoint.CheckpointReader;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.chunk.ChunkReader;
import io.coldstream.eventstore.chunk.Cover;
import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.LocalDatabaseFiles;
import io.coldstream.eventstore.files.OpenFile;
import io.coldstream.eventstore.log.LogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder read the way that a capture reads it, without its repetitions. */
record Database(DatabaseFiles files, Path folder, long writer) {

  static Database of(Path folder) throws IOException {
    DatabaseFiles files = new LocalDatabaseFiles();
    long writer = CheckpointReader.read(files, folder, CheckpointName.WRITER)
        .orElseThrow()
        .position()
        .orElseThrow();
    return new Database(files, folder, writer);
  }

  OpenFile open(ChunkFileName name) throws IOException {
    return files.open(folder.resolve(name.toString()));
  }

  ChunkHeader header(ChunkFileName name) throws IOException {
    try (OpenFile file = open(name)) {
      return ChunkReader.header(file, name);
    }
  }

  Cover cover() throws IOException {
    return Cover.of(files.list(folder), this::header, writer);
  }

  Chunk facts(ChunkFileName name) throws IOException {
    try (OpenFile file = open(name)) {
      return ChunkReader.facts(file, name);
    }
  }

  LogReader log() throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    for (ChunkFileName name : cover().chunks()) {
      try (OpenFile file = open(name)) {
        ChunkHeader header = ChunkReader.header(file, name);
        chunks.add(
            header.endPosition() > writer
                ? ChunkReader.activeFacts(file, name)
                : ChunkReader.facts(file, name));
      }
    }
    return new LogReader(chunks, writer, this::open);
  }
}
