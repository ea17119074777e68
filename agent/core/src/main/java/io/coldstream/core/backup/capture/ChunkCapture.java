package io.coldstream.core.backup.capture;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.chunk.ChunkReader;
import io.coldstream.eventstore.chunk.Cover;
import io.coldstream.eventstore.chunk.CoverProof;
import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.FileEntry;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the chunk files that hold the log, and keeps open those that the newest manifest does not
 * have.
 */
final class ChunkCapture {

  /** How often the folder is listed again because a file in the list was gone. */
  private static final int MAX_LISTINGS = 20;

  private final DatabaseFiles files;
  private final Path folder;
  private final KnownFiles known;
  private final Pins pins;

  /** What was read of each file; a completed chunk does not change under its name. */
  private final Map<ChunkFileName, Chunk> seen = new HashMap<>();

  ChunkCapture(DatabaseFiles files, Path folder, KnownFiles known, Pins pins) {
    this.files = files;
    this.folder = folder;
    this.known = known;
    this.pins = pins;
  }

  FoundChunks find(long writer) throws IOException, RunException {
    IOException gone = null;
    for (int i = 0; i < MAX_LISTINGS; i++) {
      try {
        return listed(writer);
      } catch (NoSuchFileException | SourceMoved e) {
        gone = e;
        // The next listing may show other files.
        seen.values().forEach(pins::release);
        seen.clear();
      }
    }
    throw gone;
  }

  private FoundChunks listed(long writer) throws IOException, RunException {
    List<FileEntry> listing = files.list(folder);
    Cover cover = Cover.of(listing, this::header, writer);
    List<Chunk> chunks = new ArrayList<>();
    for (ChunkFileName name : cover.chunks()) {
      Chunk facts = seen.get(name);
      boolean belowEnd = facts.endPosition() <= writer;
      chunks.add(belowEnd && !facts.isCompleted() ? completedFacts(name) : facts);
    }
    CoverProof.check(chunks, writer);
    FoundChunks found = FoundChunks.of(listing, cover, chunks, writer);
    pin(found);
    return found;
  }

  private void pin(FoundChunks found) throws IOException, RunException {
    if (found.active().isPresent()) {
      pins.pin(found.active().get());
    }
    List<Chunk> unknown = known.unknown(found.completed());
    for (int i = unknown.size() - 1; i >= 0; i--) {
      pins.pin(unknown.get(i));
    }
  }

  private ChunkHeader header(ChunkFileName name) throws IOException {
    Chunk facts = seen.get(name);
    if (facts == null) {
      try (OpenFile file = files.open(folder.resolve(name.toString()))) {
        facts = ChunkReader.activeFacts(file, name);
      }
      seen.put(name, facts);
    }
    return facts.header();
  }

  /** Reads a chunk that should have a footer; the reader reports what is wrong. */
  private Chunk completedFacts(ChunkFileName name) throws IOException {
    try (OpenFile file = files.open(folder.resolve(name.toString()))) {
      return ChunkReader.facts(file, name);
    }
  }
}
