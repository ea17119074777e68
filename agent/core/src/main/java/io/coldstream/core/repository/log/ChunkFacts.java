package io.coldstream.core.repository.log;

import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.eventstore.Md5;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.ChunkFooter;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.chunk.ChunkId;

/** What a manifest says of a chunk, as if it had been read from the file. */
final class ChunkFacts {

  /** The newest format: what a header says of its reader does not matter here. */
  private static final int FORMAT = 4;

  private ChunkFacts() {}

  /** A chunk whose data ends in the file where it ends in the log, as in an unscavenged one. */
  static Chunk of(FileEntry file, long chunkSizeBytes) {
    return of(file, chunkSizeBytes, file.chunk().orElseThrow().logicalDataBytes());
  }

  /** A chunk whose data ends in the file as its footer says. */
  static Chunk of(FileEntry file, long chunkSizeBytes, long physicalDataBytes) {
    ChunkEntry chunk = file.chunk().orElseThrow();
    ChunkHeader header = new ChunkHeader(
        FORMAT,
        FORMAT,
        chunkSizeBytes,
        chunk.firstNumber(),
        chunk.lastNumber(),
        chunk.scavenged(),
        ChunkId.parse(chunk.chunkId()),
        ChunkHeader.IDENTITY);
    return new Chunk(
        ChunkFileName.parse(file.name()).orElseThrow(),
        Math.max(file.lengthBytes(), Chunk.MIN_LENGTH_BYTES),
        header,
        chunk
            .footerMd5()
            .map(md5 -> new ChunkFooter(
                physicalDataBytes,
                chunk.logicalDataBytes(),
                0,
                ChunkFooter.MAP_ENTRY_BYTES,
                new Md5(md5))));
  }
}
