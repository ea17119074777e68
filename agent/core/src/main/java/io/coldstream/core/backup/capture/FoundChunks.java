package io.coldstream.core.backup.capture;

import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.Cover;
import io.coldstream.eventstore.files.FileEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The chunk files that hold the log up to the writer's position.
 *
 * @param listing every entry of the database folder
 * @param cover how they were chosen
 * @param completed those below the active one, in their order
 * @param active the one that the position lies in, unless it is a chunk's start
 */
record FoundChunks(
    List<FileEntry> listing, Cover cover, List<Chunk> completed, Optional<Chunk> active) {

  static FoundChunks of(List<FileEntry> listing, Cover cover, List<Chunk> chunks, long writer) {
    Chunk last = chunks.get(chunks.size() - 1);
    return last.endPosition() > writer
        ? new FoundChunks(listing, cover, chunks.subList(0, chunks.size() - 1), Optional.of(last))
        : new FoundChunks(listing, cover, chunks, Optional.empty());
  }

  /** Every chunk of the cover, in its order. */
  List<Chunk> all() {
    List<Chunk> all = new ArrayList<>(completed);
    active.ifPresent(all::add);
    return all;
  }

  /** The completed chunks that hold something below a position. */
  List<Chunk> completedBelow(long position) {
    return completed.stream().filter(chunk -> chunk.startPosition() < position).toList();
  }

  /** Whether the database folder has an entry of this name. */
  boolean has(String name) {
    return listing.stream().anyMatch(entry -> entry.name().equals(name));
  }
}
