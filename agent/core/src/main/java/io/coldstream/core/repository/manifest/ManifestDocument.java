package io.coldstream.core.repository.manifest;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.coldstream.eventstore.log.Lineage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The fields of a manifest's document, by their names and in their order: binding only, and therefore
 * as many components as the document has fields. {@code repository-format.md} explains each. The
 * database's id stands in the lineage too, and must be the same there.
 */
record ManifestDocument(
    long sequence,
    String repository,
    UUID database,
    Origin origin,
    long chunkSize,
    Positions positions,
    Instant restorePointTime,
    Totals totals,
    Optional<ForkedFrom> forkedFrom,
    List<LeftOut> leftOut,

    @JsonSerialize(converter = EpochEntry.Writer.class)
    @JsonDeserialize(converter = EpochEntry.Reader.class)
    Lineage lineage,

    String checkpointFolder,
    List<FileEntry> checkpoints,
    Optional<IndexEntry> index,
    Optional<FileEntry> activeChunk,
    List<PageEntry> pages) {

  ManifestDocument {
    if (!database.equals(lineage.databaseId())) {
      throw new IllegalArgumentException("the lineage does not begin with the database's id");
    }
  }

  static ManifestDocument of(Manifest manifest) {
    LogState log = manifest.log();
    ManifestFiles files = manifest.files();
    return new ManifestDocument(
        manifest.sequence(),
        manifest.repositoryId(),
        log.lineage().databaseId(),
        manifest.origin(),
        log.chunkSizeBytes(),
        log.positions(),
        log.restorePointTime(),
        manifest.totals(),
        manifest.forkedFrom(),
        files.leftOut(),
        log.lineage(),
        files.checkpointFolder(),
        files.checkpoints(),
        files.index(),
        files.activeChunk(),
        files.pages());
  }

  /**
   * The backup that the document describes.
   *
   * @throws IllegalArgumentException when the values contradict each other
   */
  Manifest manifest() {
    return new Manifest(
        sequence,
        repository,
        origin,
        new LogState(positions, chunkSize, lineage, restorePointTime),
        forkedFrom,
        new ManifestFiles(checkpointFolder, checkpoints, index, pages, activeChunk, leftOut),
        totals);
  }
}
