package io.coldstream.core.backup.capture;

import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.repository.manifest.LeftOut;
import io.coldstream.core.repository.manifest.Positions;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.chunk.ActiveChunk;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.log.Lineage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A consistent set of a database's files, proved against I1 to I8. Holds open descriptors until it
 * is closed.
 *
 * @param number which capture of the run, from 1
 * @param positions where the log stood
 * @param chunkSizeBytes size of a chunk's data as its header says
 * @param lineage the epochs wholly below the writer's position
 * @param restorePointTime the clock of the last record below the restore point
 * @param completed the completed chunks that hold the log below the active one, in their order, each
 *     in its latest version
 * @param active the chunk that the writer's position lies in; empty when that position, or the
 *     restore point, is such that nothing of it is needed
 * @param index the index's tables and their Bloom filters, then its map; empty when it was left out,
 *     see {@code leftOut}
 * @param checkpoints the checkpoints as captured: writer, chaser, epoch, proposal, truncate
 * @param leftOut what of the folders is not captured, and why
 * @param warnings sentences that the user should read
 * @param restoredFrom what a restore wrote into the database folder, if this came from one
 * @param pins how the captured files are opened
 */
public record Capture(
    int number,
    Positions positions,
    long chunkSizeBytes,
    Lineage lineage,
    Instant restorePointTime,
    List<Chunk> completed,
    Optional<ActiveChunk> active,
    List<DatabaseFile> index,
    List<Checkpoint> checkpoints,
    List<LeftOut> leftOut,
    List<String> warnings,
    Optional<RestoredMark> restoredFrom,
    Pins pins)
    implements AutoCloseable {

  /**
   * Checks and copies the values.
   *
   * @throws IllegalArgumentException when the number is below 1, or there is no chunk
   */
  public Capture {
    completed = List.copyOf(completed);
    index = List.copyOf(index);
    checkpoints = List.copyOf(checkpoints);
    leftOut = List.copyOf(leftOut);
    warnings = List.copyOf(warnings);
    if (number < 1 || (completed.isEmpty() && active.isEmpty())) {
      throw new IllegalArgumentException(
          "capture " + number + " of " + completed.size() + " chunks");
    }
  }

  /** Closes every descriptor. */
  @Override
  public void close() {
    pins.close();
  }
}
