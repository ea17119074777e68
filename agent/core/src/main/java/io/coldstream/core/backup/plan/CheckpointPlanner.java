package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Plans the checkpoint objects: those of the newest backup if every value is equal, otherwise a
 * new folder.
 */
final class CheckpointPlanner {

  private final String run;
  private final boolean recheck;
  private final Resends resends;

  CheckpointPlanner(String run, boolean recheck, Resends resends) {
    this.run = run;
    this.recheck = recheck;
    this.resends = resends;
  }

  PlannedCheckpoints plan(Capture capture, Optional<NewestBackup> newest) {
    Optional<Manifest> same =
        newest.map(NewestBackup::manifest).filter(manifest -> isSame(manifest, capture));
    if (same.isPresent()
        && !recheck
        && !resends.wantsAnyIn(same.get().files().checkpointFolder())) {
      return known(same.get(), capture);
    }
    same.ifPresent(manifest -> resends.markFolderFound(manifest.files().checkpointFolder()));
    ObjectPrefix folder = Layout.checkpoints(run, capture.number());
    List<PlannedFile> files = capture.files().checkpoints().stream()
        .map(c -> PlannedFile.of(send(Layout.checkpoint(folder, c.name()), c)))
        .toList();
    List<PlannedObject> direct = capture.log().positions().direct().stream()
        .map(c -> send(Layout.directCheckpoint(folder, c.name()), c))
        .toList();
    return new PlannedCheckpoints(folder.value(), files, direct);
  }

  private static PlannedCheckpoints known(Manifest same, Capture capture) {
    Map<String, Checkpoint> here = capture.files().checkpoints().stream()
        .collect(Collectors.toMap(Checkpoint::fileName, Function.identity()));
    return new PlannedCheckpoints(
        same.files().checkpointFolder(),
        same.files().checkpoints().stream()
            .map(entry -> PlannedFile.known(entry, here.get(entry.name())))
            .toList(),
        List.of());
  }

  private static PlannedObject send(ObjectName name, Checkpoint checkpoint) {
    return PlannedObject.send(name, checkpoint, checkpoint.content().map(Sha256::of));
  }

  private static boolean isSame(Manifest manifest, Capture capture) {
    Map<String, Sha256> there = new TreeMap<>();
    for (FileEntry entry : manifest.files().checkpoints()) {
      there.put(entry.name(), entry.sha256());
    }
    Map<String, Sha256> here = new TreeMap<>();
    for (Checkpoint checkpoint : capture.files().checkpoints()) {
      here.put(checkpoint.name().fileName(), Sha256.of(checkpoint.bytes()));
    }
    return there.equals(here)
        && manifest.log().positions().direct().equals(capture.log().positions().direct());
  }
}
