package io.coldstream.core.restore;

import io.coldstream.core.disk.Disk;
import io.coldstream.core.disk.DiskEntry;
import io.coldstream.core.failure.RunException;
import io.coldstream.core.restore.PlannedFile.Place;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.index.IndexMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Throws an unfinished attempt away: chunks and index first, the mark last, so that at no moment a
 * server could start on what is left. What was set aside stays.
 */
final class Discard {

  private final Disk disk;
  private final Target target;
  private long removed;

  Discard(Disk disk, Target target) {
    this.disk = disk;
    this.target = target;
  }

  /**
   * Removes the attempt.
   *
   * @return how many files were removed
   */
  long run(Preflight preflight) throws IOException, RunException {
    preflight.requireUnused(target);
    if (!preflight.markStands(target)) {
      throw Preflight.refused(target.database()
          + " holds no unfinished restore: there is nothing to discard, and nothing was touched");
    }
    remove(Place.DATABASE);
    remove(Place.INDEX);
    for (Place place : List.of(Place.INDEX, Place.DATABASE)) {
      disk.deleteFolder(target.staging(place));
    }
    delete(target.restoredMark());
    disk.sync(target.database());
    for (CheckpointName name : List.of(
        CheckpointName.EPOCH,
        CheckpointName.PROPOSAL,
        CheckpointName.WRITER,
        CheckpointName.TRUNCATE,
        CheckpointName.CHASER)) {
      delete(target.checkpoint(name));
      disk.sync(target.database());
    }
    return removed;
  }

  private void remove(Place place) throws IOException {
    Path folder = target.folder(place);
    if (disk.look(folder).filter(DiskEntry::isFolder).isEmpty()) {
      return;
    }
    for (DiskEntry entry : disk.list(folder)) {
      if (entry.isFile() && isOurs(place, entry.name())) {
        delete(folder.resolve(entry.name()));
      }
    }
    disk.sync(folder);
  }

  private static boolean isOurs(Place place, String name) {
    return name.endsWith(Disk.UNFINISHED)
        || switch (place) {
          case DATABASE -> ChunkFileName.parse(name).isPresent();
          case INDEX ->
            name.equals(IndexMap.FILE_NAME) || name.matches("[0-9a-fA-F-]{36}(\\.bloomfilter)?");
        };
  }

  private void delete(Path file) throws IOException {
    if (disk.look(file).isPresent()) {
      disk.delete(file);
      removed++;
    }
  }
}
