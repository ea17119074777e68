package io.coldstream.core.restore.target;

import io.coldstream.core.restore.plan.PlannedFile.Place;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskEntry;
import io.coldstream.core.support.disk.DiskException;
import io.coldstream.core.support.disk.Owner;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.store.disk.ForeignNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds out whom the files of a target belong to, or will. */
public final class TargetOwner {

  private final Disk disk;
  private final Target target;

  TargetOwner(Disk disk, Target target) {
    this.disk = disk;
    this.target = target;
  }

  /**
   * The owner of what a restore writes: the owner of the directory when root writes, else this user.
   *
   * @param disk where the target is
   * @param target the directories; need not exist, then the nearest folder that does counts
   * @return who it is
   * @throws IOException when the disk fails
   */
  static Owner of(Disk disk, Target target) throws IOException {
    return disk.user().isRoot() ? ofDirectory(disk, target.database()) : disk.user();
  }

  /**
   * The owner of the files of a restored database.
   *
   * @param disk where the target is
   * @param target the directories
   * @param wanted whom the user wants them to belong to
   * @return the owner of writer.chk; before it is there, whom it will belong to
   * @throws IOException when the disk fails
   */
  public static Owner ofFiles(Disk disk, Target target, Optional<Owner> wanted) throws IOException {
    Optional<DiskEntry> written = disk.look(target.checkpoint(CheckpointName.WRITER));
    if (written.isPresent()) {
      return written.get().owner();
    }
    return wanted.isPresent() ? wanted.get() : of(disk, target);
  }

  /**
   * The owner of a directory.
   *
   * @param disk where it is
   * @param directory need not exist, then the nearest folder that does counts
   * @return who it is
   * @throws IOException when the disk fails
   */
  public static Owner ofDirectory(Disk disk, Path directory) throws IOException {
    Path at = directory;
    Optional<DiskEntry> found = disk.look(at);
    while (found.isEmpty()) {
      at = at.getParent();
      found = disk.look(at);
    }
    return found.get().owner();
  }

  /** Refuses files that stay another user's. */
  void requireOwnFiles() throws IOException, RunException {
    for (Place place : target.places()) {
      for (Path folder : List.of(target.folder(place), target.staging(place))) {
        Optional<DiskEntry> there = disk.look(folder);
        if (there.isPresent()) {
          requireOwnFiles(folder);
        }
      }
    }
  }

  /** Refuses folders that this user may not write to; of one that is missing, the nearest above it. */
  void requireWritable() throws IOException, RunException {
    for (Place place : target.places()) {
      for (Path folder : List.of(target.folder(place), target.staging(place))) {
        Path at = folder;
        Optional<DiskEntry> there = disk.look(at);
        while (there.isEmpty()) {
          at = at.getParent();
          there = disk.look(at);
        }
        requireWritable(at, there.get());
      }
    }
  }

  /** Refuses what an earlier run has given to somebody else: it would stay theirs. */
  void requireFilesOf(Owner wanted) throws IOException, RunException {
    for (Place place : target.places()) {
      for (Path folder : List.of(target.folder(place), target.staging(place))) {
        List<DiskEntry> entries = disk.look(folder).isPresent() ? disk.list(folder) : List.of();
        for (DiskEntry entry : entries) {
          if (entry.isFile() && !isReplaced(entry) && !entry.owner().equals(wanted)) {
            throw Preflight.refused(folder.resolve(entry.name()) + " belongs to " + entry.owner()
                + ", but --owner is " + wanted + ": an earlier run gave its files to another user."
                + " Use --owner " + entry.owner()
                + ", or remove the unfinished restore with --discard and restore again");
          }
        }
      }
    }
  }

  /** A checkpoint is replaced by a new file, and what a file system put there is not touched. */
  private static boolean isReplaced(DiskEntry entry) {
    return entry.name().endsWith(".chk") || ForeignNames.contains(entry.name());
  }

  private void requireWritable(Path folder, DiskEntry there) throws IOException, RunException {
    try {
      disk.requireWritable(folder);
    } catch (DiskException e) {
      if (e.kind() != DiskException.Kind.NO_ACCESS || disk.user().isRoot()) {
        throw e;
      }
      throw Preflight.refused(
          isOwn(there)
              ? folder + " belongs to this user, who may not write into it; run chmod u+w on it, or"
                  + " restore elsewhere"
              : notOwn(folder, there)
                  + ", which may not write there; run the restore as the server's user, or as root,"
                  + " or let user " + disk.user().user() + " write into that directory");
    }
  }

  private void requireOwnFiles(Path folder) throws IOException, RunException {
    for (DiskEntry entry : disk.list(folder)) {
      if (entry.isFile() && !isOwn(entry) && !isReplaced(entry)) {
        throw Preflight.refused(notOwn(folder.resolve(entry.name()), entry)
            + ": the server must own its files; run the restore as that user, or as root");
      }
    }
  }

  private boolean isOwn(DiskEntry entry) {
    return entry.owner().user() == disk.user().user();
  }

  private String notOwn(Path path, DiskEntry entry) {
    return path + " belongs to user " + entry.owner().user() + ", but this process runs as user "
        + disk.user().user();
  }
}
