package io.coldstream.core.restore;

import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.core.repository.manifest.LogState;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.ManifestFiles;
import io.coldstream.core.repository.manifest.Manifests;
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
    Positions p = m.log().positions();
    return with(
        m,
        new Positions(
            p.writer(), chaser, p.epoch(), p.proposal(), p.restorePoint(), p.restorePointEpoch()));
  }

  /** With another index and another active chunk. */
  public static Manifest with(
      Manifest m, Optional<IndexEntry> index, Optional<FileEntry> activeChunk) {
    ManifestFiles files = m.files();
    return Manifests.with(
        m,
        new ManifestFiles(
            files.checkpointFolder(),
            files.checkpoints(),
            index,
            files.pages(),
            activeChunk,
            files.leftOut()));
  }

  /** With other positions, and checkpoints that say the same. */
  public static Manifest with(Manifest m, Positions positions) {
    List<FileEntry> checkpoints = new ArrayList<>();
    for (FileEntry file : m.files().checkpoints()) {
      Checkpoint value = positions.captured().stream()
          .filter(c -> c.name().fileName().equals(file.name()))
          .findFirst()
          .orElseThrow();
      StoredBytes stored = new StoredBytes(
          file.objects().get(0).object(), Checkpoint.LENGTH_BYTES, Sha256.of(value.bytes()));
      checkpoints.add(FileEntry.plain(file.name(), stored, Optional.empty()));
    }
    ManifestFiles files = m.files();
    LogState log = m.log();
    return new Manifest(
        m.sequence(),
        m.repositoryId(),
        m.origin(),
        new LogState(positions, log.chunkSizeBytes(), log.lineage(), log.restorePointTime()),
        m.forkedFrom(),
        new ManifestFiles(
            files.checkpointFolder(),
            checkpoints,
            files.index(),
            files.pages(),
            files.activeChunk(),
            files.leftOut()),
        m.totals());
  }
}
