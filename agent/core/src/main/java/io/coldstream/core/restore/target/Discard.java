package io.coldstream.core.restore.target;

import io.coldstream.core.restore.plan.PlannedFile.Place;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskEntry;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.index.IndexMap;
import io.coldstream.eventstore.index.TableName;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Removes an unfinished restore in an order in which no server can start on the rest. What was set
 * aside stays, and what a refused start left is set aside. Which index is the attempt's, the
 * attempt itself says.
 */
public final class Discard {

  private final Disk disk;
  private final Preflight preflight;
  private long removed;

  /**
   * Discards restores on one disk.
   *
   * @param disk where the target is
   * @param preflight looks at the target
   */
  public Discard(Disk disk, Preflight preflight) {
    this.disk = disk;
    this.preflight = preflight;
  }

  /**
   * What was removed.
   *
   * @param files how many files
   * @param attempt the restore that had begun; empty when it had not come far enough to be noted
   */
  public record Removed(long files, Optional<Attempt> attempt) {}

  /**
   * Removes the unfinished restore of a target.
   *
   * @param database the target
   * @param index the index's directory, where the user named one
   * @return what was removed
   * @throws IOException when the disk fails
   * @throws RunException {@link RunException.Kind#TARGET_REFUSED} when the target holds no unfinished
   *     restore, or one with its index elsewhere, or is in use
   */
  public Removed run(Path database, Optional<Path> index) throws IOException, RunException {
    Target asked = Target.of(disk, database, index);
    preflight.requireFolders(asked);
    Optional<Attempt> attempt = preflight.attempt(asked);
    Target target = ofAttempt(asked, index.isPresent(), attempt);
    preflight.requireUnused(target);
    preflight.requireFolders(target);
    requireStartGuard(target);
    if (attempt.filter(Attempt::reuses).isPresent()) {
      throw Preflight.refused(database + " held a database when this restore began: its files are"
          + " not deleted; nothing was changed. Finish the restore with its own options, or move"
          + " the directory away; files that differ are in " + target.setAside(Place.DATABASE));
    }
    preflight.requireWritable(target);
    Disk ours = preflight.forOwner(target, Optional.empty());
    ours.createFolders(target.staging(Place.DATABASE));
    try (Closeable lock = ours.lock(target.lock())) {
      Objects.requireNonNull(lock, "lock");
      requireStartGuard(target);
      if (!preflight.attempt(target).equals(attempt)) {
        throw Preflight.refused(
            database + " has changed since: another restore began there; nothing was changed");
      }
      remove(ours, target, attempt.isPresent());
    }
    // On NFS the lock's file, deleted while it was open, was still in there.
    disk.deleteFolder(target.staging(Place.DATABASE));
    return new Removed(removed, attempt);
  }

  private Target ofAttempt(Target asked, boolean indexNamed, Optional<Attempt> attempt)
      throws IOException, RunException {
    if (attempt.isEmpty()) {
      return asked;
    }
    Path folder = Path.of(attempt.get().indexFolder());
    Target target = Target.of(disk, asked.database(), Optional.of(folder));
    if (indexNamed && !target.equals(asked)) {
      throw Preflight.refused(asked.database() + " holds an unfinished restore of " + attempt.get()
          + ", but not one with its index in " + asked.index()
          + "; nothing was changed. Omit --index: the restore knows where its index is");
    }
    return target;
  }

  private void requireStartGuard(Target target) throws IOException, RunException {
    if (!preflight.hasStartGuard(target)) {
      throw Preflight.refused(target.database()
          + " holds no unfinished restore: there is nothing to discard, and nothing was changed");
    }
  }

  private void remove(Disk ours, Target target, boolean attempted) throws IOException {
    SetAside aside = new SetAside(ours, target);
    removeCheckpoint(target, CheckpointName.TRUNCATE);
    removeFiles(target, Place.DATABASE);
    if (attempted) {
      // Before an attempt is noted, and after it is gone, no index in place can be its own.
      removeFiles(target, Place.INDEX);
    }
    if (attempted || target.indexName().isPresent()) {
      aside.leftovers(Place.INDEX);
    }
    aside.leftovers(Place.DATABASE);
    for (Place place : List.of(Place.INDEX, Place.DATABASE)) {
      removed += files(target.staging(place), target.lock());
      disk.deleteFolder(target.staging(place));
    }
    delete(target.restoredMark());
    disk.sync(target.database());
    for (CheckpointName name : List.of(
        CheckpointName.EPOCH,
        CheckpointName.PROPOSAL,
        CheckpointName.WRITER,
        CheckpointName.CHASER)) {
      removeCheckpoint(target, name);
    }
  }

  private void removeCheckpoint(Target target, CheckpointName name) throws IOException {
    delete(target.checkpoint(name));
    disk.sync(target.database());
  }

  private void removeFiles(Target target, Place place) throws IOException {
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
            name.equals(IndexMap.FILE_NAME)
                || TableName.parse(name).isPresent()
                || TableName.ofBloomFilter(name).isPresent();
        };
  }

  /** How many files a folder holds; the lock is this run's own. */
  private long files(Path folder, Path lock) throws IOException {
    if (disk.look(folder).isEmpty()) {
      return 0;
    }
    long files = 0;
    for (DiskEntry entry : disk.list(folder)) {
      Path path = folder.resolve(entry.name());
      if (entry.isFolder()) {
        files += files(path, lock);
      } else if (!path.equals(lock)) {
        files++;
      }
    }
    return files;
  }

  private void delete(Path file) throws IOException {
    if (disk.look(file).isPresent()) {
      disk.delete(file);
      removed++;
    }
  }
}
