package io.coldstream.core.repository.log;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.eventstore.Md5;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.ChunkFooter;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.chunk.ChunkId;
import io.coldstream.eventstore.files.OpenFile;
import io.coldstream.eventstore.log.LogReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The chunks of a backup by the facts of its manifest, and the log that they hold. */
final class StoredChunks {

  /** The newest format: what a header says of its reader does not matter here. */
  private static final int FORMAT = 4;

  private final StoredFiles opener;
  private final long chunkSizeBytes;
  private final Map<ChunkFileName, FileEntry> entries = new HashMap<>();
  private final List<Chunk> facts = new ArrayList<>();
  private final Map<ChunkFileName, Integer> indexes = new HashMap<>();
  private final Set<ChunkFileName> readable = new HashSet<>();
  private final Set<ChunkFileName> withRealFooter = new HashSet<>();
  private LogReader log;

  StoredChunks(BackupFiles files, StoredFiles opener) throws IOException {
    this.opener = opener;
    this.chunkSizeBytes = files.manifest().log().chunkSizeBytes();
    for (FileEntry file : files.chunks()) {
      ChunkEntry chunk = file.chunk().orElseThrow();
      Chunk stated = facts(
          file,
          chunk
              .footerMd5()
              .map(md5 -> new ChunkFooter(
                  chunk.logicalDataBytes(),
                  chunk.logicalDataBytes(),
                  0,
                  ChunkFooter.MAP_ENTRY_BYTES,
                  new Md5(md5))));
      entries.put(stated.name(), file);
      indexes.put(stated.name(), facts.size());
      facts.add(stated);
    }
    this.log = new LogReader(facts, end(files), this::open);
  }

  /** Where the log ends: at the writer's value, unless the chunk that holds it was left out. */
  private static long end(BackupFiles files) {
    Manifest manifest = files.manifest();
    List<FileEntry> chunks = files.chunks();
    ChunkEntry last = chunks.get(chunks.size() - 1).chunk().orElseThrow();
    long end = (last.lastNumber() + 1) * manifest.log().chunkSizeBytes();
    long writer = manifest.log().positions().writer();
    return writer <= end ? writer : manifest.log().positions().restorePoint();
  }

  private Chunk facts(FileEntry file, Optional<ChunkFooter> footer) {
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
        footer);
  }

  private OpenFile open(ChunkFileName name) throws IOException {
    OpenFile chunk = opener.open(entries.get(name));
    if (!readable.contains(name)) {
      ChunkHeader header =
          ChunkHeader.parse(chunk.readFully(0, ChunkHeader.LENGTH_BYTES), name.toString());
      if (!header.isIdentity()) {
        chunk.close();
        throw new StoredLog.EncryptedChunk(name.toString());
      }
      readable.add(name);
    }
    return chunk;
  }

  /** The chunks, in the order of the log. */
  List<Chunk> facts() {
    return facts;
  }

  /** The log; another one after {@link #withRealFooter}. */
  LogReader log() {
    return log;
  }

  /** The index of the chunk that holds a position. */
  int indexAt(long position) {
    return indexes.get(log.chunkAt(position).name());
  }

  /**
   * The facts of a scavenged chunk as its footer has them: where its data ends in the file, and its
   * position map. Manifests do not have these.
   */
  Chunk withRealFooter(int index) throws IOException {
    Chunk stated = facts.get(index);
    if (!stated.header().scavenged() || !withRealFooter.add(stated.name())) {
      return stated;
    }
    FileEntry entry = entries.get(stated.name());
    try (OpenFile chunk = opener.open(entry)) {
      byte[] bytes =
          chunk.readFully(entry.lengthBytes() - ChunkFooter.LENGTH_BYTES, ChunkFooter.LENGTH_BYTES);
      Optional<ChunkFooter> footer = ChunkFooter.parse(bytes, entry.name());
      Chunk real = facts(entry, footer.isPresent() ? footer : stated.footer());
      facts.set(index, real);
      log = new LogReader(facts, log.writer(), this::open);
      return real;
    }
  }
}
