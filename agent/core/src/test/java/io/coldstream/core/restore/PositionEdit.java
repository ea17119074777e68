package io.coldstream.core.restore;

import io.coldstream.core.manifest.Manifest;
import io.coldstream.core.manifest.Positions;

/** Manifests with other positions. */
final class PositionEdit {

  private PositionEdit() {}

  static Manifest withChaser(Manifest m, long chaser) {
    Positions p = m.positions();
    return with(
        m,
        new Positions(
            p.writer(), chaser, p.epoch(), p.proposal(), p.restorePoint(), p.restorePointEpoch()));
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
