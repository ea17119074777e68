package io.coldstream.core.restore;

import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.Positions;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Manifests with other positions or files. */
public final class PositionEdit {

  private PositionEdit() {}

  public static Manifest withChaser(Manifest m, long chaser) {
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

  /** With other positions, and checkpoints that say the same. */
  public static Manifest with(Manifest m, Positions positions) {
    List<FileEntry> checkpoints = new ArrayList<>();
    for (FileEntry file : m.checkpoints()) {
      Checkpoint value = positions.captured().stream()
          .filter(c -> c.name().fileName().equals(file.name()))
          .findFirst()
          .orElseThrow();
      StoredBytes stored = new StoredBytes(
          file.objects().get(0).object(), Checkpoint.LENGTH_BYTES, Sha256.of(value.bytes()));
      checkpoints.add(FileEntry.plain(file.name(), stored, Optional.empty()));
    }
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
        checkpoints,
        m.index(),
        m.pages(),
        m.activeChunk(),
        m.leftOut(),
        m.totals());
  }
}
