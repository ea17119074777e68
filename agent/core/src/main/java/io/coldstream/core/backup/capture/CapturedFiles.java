package io.coldstream.core.backup.capture;

import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.chunk.ActiveChunk;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.files.DatabaseFile;
import java.util.List;
import java.util.Optional;

/**
 * The files of a capture.
 *
 * @param completed the completed chunks that hold the log below the active one, in their order, each
 *     in its latest version
 * @param active the chunk that the writer's position lies in; empty when that position, or the
 *     restore point, is such that nothing of it is needed
 * @param index the index's tables, then their Bloom filters, then its map; empty when it is excluded
 * @param checkpoints the checkpoints as captured: writer, chaser, epoch, proposal, truncate
 */
public record CapturedFiles(
    List<Chunk> completed,
    Optional<ActiveChunk> active,
    List<DatabaseFile> index,
    List<Checkpoint> checkpoints) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException when there is no chunk
   */
  public CapturedFiles {
    completed = List.copyOf(completed);
    index = List.copyOf(index);
    checkpoints = List.copyOf(checkpoints);
    if (completed.isEmpty() && active.isEmpty()) {
      throw new IllegalArgumentException("a capture without a chunk");
    }
  }
}
