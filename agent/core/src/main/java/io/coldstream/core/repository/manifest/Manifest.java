package io.coldstream.core.repository.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.coldstream.eventstore.log.Lineage;
import io.coldstream.store.ObjectPrefix;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One committed backup: with its pages it stands alone, and it is never changed.
 *
 * @param sequence its number, from 1; never used twice
 * @param repositoryId the repository that it belongs to
 * @param databaseId id of the log's first epoch record
 * @param origin who made it
 * @param chunkSizeBytes size of a chunk's data as its header says
 * @param positions where the log stood
 * @param restorePointTime the clock of the last record below the restore point
 * @param lineage the epochs wholly below the captured writer's value
 * @param forkedFrom where it left the backup before it, if it does not continue that one
 * @param checkpointFolder the object folder of the small files as captured, with {@code direct/} in
 *     it; may be that of an earlier backup with equal values
 * @param checkpoints the small files as captured
 * @param index the index, unless it was left out
 * @param pages the completed chunks of the cover, in the order of their numbers
 * @param activeChunk the chunk that the writer's value points into, up to that value; empty when the
 *     value stands on a chunk's start
 * @param leftOut what the backup does not hold, and why
 * @param totals how much it is
 */
@JsonPropertyOrder({
  "sequence",
  "repository",
  "database",
  "origin",
  "chunkSize",
  "positions",
  "restorePointTime",
  "totals",
  "forkedFrom",
  "leftOut",
  "lineage",
  "checkpointFolder",
  "checkpoints",
  "index",
  "activeChunk",
  "pages"
})
public record Manifest(
    long sequence,
    @JsonProperty("repository") String repositoryId,
    @JsonProperty("database") UUID databaseId,
    Origin origin,
    @JsonProperty("chunkSize") long chunkSizeBytes,
    Positions positions,
    Instant restorePointTime,

    @JsonSerialize(converter = EpochEntry.Writer.class)
    @JsonDeserialize(converter = EpochEntry.Reader.class)
    Lineage lineage,

    Optional<ForkedFrom> forkedFrom,
    String checkpointFolder,
    List<FileEntry> checkpoints,
    Optional<IndexEntry> index,
    List<PageEntry> pages,
    Optional<FileEntry> activeChunk,
    List<LeftOut> leftOut,
    Totals totals) {

  /** The format of the repository that this version writes, and the only one it reads. */
  public static final int FORMAT = 1;

  /** Highest sequence: twelve digits. */
  public static final long MAX_SEQUENCE = 999_999_999_999L;

  /**
   * Checks and copies the values.
   *
   * @throws IllegalArgumentException when they contradict each other
   */
  public Manifest {
    checkpoints = List.copyOf(checkpoints);
    pages = List.copyOf(pages);
    leftOut = List.copyOf(leftOut);
    if (sequence < 1 || sequence > MAX_SEQUENCE || chunkSizeBytes < 1) {
      throw new IllegalArgumentException("sequence " + sequence + ", chunk size " + chunkSizeBytes);
    }
    new ObjectPrefix(checkpointFolder); // refuses a folder that climbs
    if (pages.isEmpty() && activeChunk.isEmpty()) {
      throw new IllegalArgumentException("a backup without chunks");
    }
    if (!databaseId.equals(lineage.databaseId())) {
      throw new IllegalArgumentException("the lineage does not begin with the database's id");
    }
    for (int i = 1; i < pages.size(); i++) {
      if (pages.get(i - 1).firstNumber() >= pages.get(i).firstNumber()) {
        throw new IllegalArgumentException(
            "pages out of order at " + pages.get(i).object());
      }
    }
  }
}
