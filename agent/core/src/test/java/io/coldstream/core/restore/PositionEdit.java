package io.coldstream.core.restore;

import io.coldstream.core.manifest.FileEntry;
import io.coldstream.core.manifest.IndexEntry;
import io.coldstream.core.manifest.Manifest;
import io.coldstream.core.manifest.Positions;
import java.util.Optional;

/** Manifests with other positions or files. */
public final class PositionEdit {

  private PositionEdit() {}

  static Manifest withChaser(Manifest m, long chaser) {
    Positions p = m.positions();
    return with(
        m,
        new Positions(
            p.writer(), chaser, p.epoch(), p.proposal(), p.restorePoint(), p.restorePointEpoch()));
  }

  /** With another index and another active chunk. */
  public static Manifest with(
      Manifest m, Optional<IndexEntry> index, Optional<FileEntry> activeChunk) {
    return new Manifest(
        m.sequence(),
        m.repositoryId(),
        m.databaseId(),
        m.origin(),
        m.chunkSizeBytes(),
        m.positions(),
        m.restorePointTime(),
        m.lineage(),
        m.forkedFrom(),
        m.checkpointFolder(),
        m.checkpoints(),
        index,
        m.pages(),
        activeChunk,
        m.leftOut(),
        m.totals());
  }

  static Manifest with(Manifest m, Positions positions) {
    return new Manifest(
        m.sequence(),
        m.repositoryId(),
        m.databaseId(),
        m.origin(),
        m.chunkSizeBytes(),
        positions,
        m.restorePointTime(),
        m.lineage(),
        m.forkedFrom(),
        m.checkpointFolder(),
        m.checkpoints(),
        m.index(),
        m.pages(),
        m.activeChunk(),
        m.leftOut(),
        m.totals());
  }
}
