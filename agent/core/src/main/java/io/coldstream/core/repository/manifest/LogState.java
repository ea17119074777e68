package io.coldstream.core.repository.manifest;

import io.coldstream.eventstore.log.Lineage;
import java.time.Instant;

/**
 * The log as it was captured.
 *
 * @param positions where it stood
 * @param chunkSizeBytes size of a chunk's data as its header says, 1 or more
 * @param lineage the epochs wholly below the writer's position
 * @param restorePointTime the clock of the last record below the restore point
 */
public record LogState(
    Positions positions, long chunkSizeBytes, Lineage lineage, Instant restorePointTime) {

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException when it is below 1
   */
  public LogState {
    if (chunkSizeBytes < 1) {
      throw new IllegalArgumentException("chunk size " + chunkSizeBytes + " is below 1");
    }
  }
}
