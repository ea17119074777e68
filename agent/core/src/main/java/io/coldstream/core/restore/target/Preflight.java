package io.coldstream.core.restore.target;

import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.repository.StartGuardValues;
import io.coldstream.core.restore.plan.PlannedFile;
import io.coldstream.core.restore.plan.PlannedFile.Place;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskEntry;
import io.coldstream.core.support.disk.Owner;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks a target before a restore and refuses one that must not be written to. Changes nothing. */
public final class Preflight {

  static final int SMALL_FILE_BYTES = 64 * 1024;

  private final Disk disk;
  private final TargetUse use;

  /** For targets on a disk; {@code use} finds out whether another process uses them. */
  public Preflight(Disk disk, TargetUse use) {
    this.disk = disk;
    this.use = use;
  }

  /**
   * Looks at the target; refuses one that holds something else, or that is in use.
   *
   * @param target the directories
   * @param reuse whether a database that is there may be reused
   * @return what they hold
   * @throws IOException when the disk fails
   * @throws RunException {@link Kind#TARGET_REFUSED} when it is refused
   */
  public TargetContents look(Target target, boolean reuse) throws IOException, RunException {
    requireUnused(target);
    requireFolders(target);
    Optional<Attempt> attempt = attempt(target);
    boolean guarded = hasStartGuard(target);
    if (guarded && attempt.isPresent()) {
      return new TargetContents(TargetContents.State.UNFINISHED, attempt, Optional.empty());
    }
    if (reuse && new ReusedDatabase(disk, target).isThere()) {
      return new TargetContents(TargetContents.State.REUSABLE, Optional.empty(), Optional.empty());
    }
    Optional<RestoredMark> restored = restored(target);
    if (!guarded && (attempt.isPresent() || restored.isPresent())) {
      if (restored.isEmpty()) {
        new EmptyTarget(disk, target).requireNoEarlyStart();
      }
      return new TargetContents(TargetContents.State.COMMITTED, attempt, restored);
    }
    new EmptyTarget(disk, target).require(guarded);
    return new TargetContents(TargetContents.State.EMPTY, Optional.empty(), Optional.empty());
  }

  /**
   * Refuses a target with a sign of use in it.
   *
   * @param target the directories
   * @throws RunException {@link Kind#TARGET_REFUSED} when it is refused
   */
  public void requireUnused(Target target) throws RunException {
    for (Place place : target.places()) {
      Optional<String> sign = use.sign(target.folder(place));
      if (sign.isPresent()) {
        throw refused(target.folder(place) + " is in use: " + sign.get() + "; stop it first");
      }
    }
  }

  /** Refuses a target in which a link, or a file, has the name of a folder that is worked in. */
  void requireFolders(Target target) throws IOException, RunException {
    for (Place place : target.places()) {
      for (Path folder :
          List.of(target.folder(place), target.staging(place), target.setAside(place))) {
        if (disk.look(folder).filter(found -> !found.isFolder()).isPresent()) {
          throw refused(
              folder + " is not a directory, or is a link; restore into another directory, or"
                  + " move it away");
        }
      }
    }
  }

  /**
   * Refuses a target that is not as it was when it was looked at first: only with the lock held does
   * what was seen stay true.
   *
   * @param target the directories
   * @param before what they held
   * @param reuse as it was looked at first
   * @throws IOException when the disk fails
   * @throws RunException {@link Kind#TARGET_REFUSED} when it is refused
   */
  public void requireUnchanged(Target target, TargetContents before, boolean reuse)
      throws IOException, RunException {
    if (!look(target, reuse).equals(before)) {
      throw refused(target.database()
          + " has changed since this restore began: another restore ran there; nothing was"
          + " changed. Run the same command again to see what it holds now");
    }
  }

  /**
   * Refuses a target whose start guard another process has changed.
   *
   * @param target the directories
   * @throws IOException when the disk fails
   * @throws RunException {@link Kind#TARGET_REFUSED} when it is refused
   */
  public void requireStartGuard(Target target) throws IOException, RunException {
    if (!hasStartGuard(target)) {
      throw refused(target.database() + " lost its start guard during the restore: another"
          + " process changed chaser.chk; empty the directory and restore again");
    }
  }

  /** Whether the mark of an unfinished restore stands: chaser.chk alone decides. */
  boolean hasStartGuard(Target target) throws IOException {
    return content(target.checkpoint(CheckpointName.CHASER))
        .filter(bytes -> Arrays.equals(
            bytes, Checkpoint.at(CheckpointName.CHASER, StartGuardValues.CHASER).bytes()))
        .isPresent();
  }

  Optional<Attempt> attempt(Target target) throws IOException {
    Optional<byte[]> bytes = content(target.attempt());
    return bytes.isPresent() ? Optional.of(Attempt.read(bytes.get())) : Optional.empty();
  }

  private Optional<RestoredMark> restored(Target target) throws IOException {
    Optional<byte[]> bytes = content(target.restoredMark());
    return bytes.isPresent() ? Optional.of(RestoredMark.read(bytes.get())) : Optional.empty();
  }

  Optional<byte[]> content(Path file) throws IOException {
    return disk.look(file).filter(DiskEntry::isFile).isPresent()
        ? Optional.of(disk.read(file, SMALL_FILE_BYTES))
        : Optional.empty();
  }

  /**
   * Finds out what the file systems of a target need for what is not there yet, and what they have.
   *
   * @param target the directories
   * @param plan what is restored
   * @return one entry for each file system
   * @throws IOException when the disk fails
   */
  public List<SpaceNeed> space(Target target, RestorePlan plan) throws IOException {
    Map<String, Long> needed = new LinkedHashMap<>();
    Map<String, Path> where = new HashMap<>();
    for (PlannedFile file : plan.files()) {
      Path folder = target.folder(file.place());
      String fileSystem = disk.fileSystem(folder);
      where.putIfAbsent(fileSystem, folder);
      needed.merge(fileSystem, Math.max(0, file.diskBytes() - present(target, file)), Long::sum);
    }
    List<SpaceNeed> space = new ArrayList<>();
    for (Map.Entry<String, Long> need : needed.entrySet()) {
      Path folder = where.get(need.getKey());
      space.add(new SpaceNeed(folder, need.getValue(), disk.freeBytes(folder)));
    }
    return space;
  }

  /**
   * Refuses a target with too little space for what is not there yet.
   *
   * @param space what {@link #space} found
   * @throws RunException {@link Kind#TARGET_REFUSED} when it is refused
   */
  public static void requireSpace(List<SpaceNeed> space) throws RunException {
    for (SpaceNeed need : space) {
      if (need.freeBytes() < need.neededBytes()) {
        throw refused(need.folder() + " has " + need.freeBytes() + " bytes free, but the restore"
            + " needs " + need.neededBytes()
            + " bytes there; free some space, or restore elsewhere");
      }
    }
  }

  /**
   * Refuses a target that this user cannot write to.
   *
   * @param target the directories; need not exist, then the nearest folder that does counts
   * @throws IOException when the disk fails, or does not let root write
   * @throws RunException {@link Kind#TARGET_REFUSED} when it is refused
   */
  public void requireWritable(Target target) throws IOException, RunException {
    new TargetOwner(disk, target).requireWritable();
  }

  private long present(Target target, PlannedFile file) throws IOException {
    return Math.max(length(target.inPlace(file)), length(target.staged(file)));
  }

  private long length(Path path) throws IOException {
    return disk.look(path).filter(DiskEntry::isFile).map(DiskEntry::lengthBytes).orElse(0L);
  }

  /**
   * The disk that gives files to whom they must belong: servers change the modes of their files, and
   * so must own them ({@code database-files.md#s3-8}). The directories themselves may be another
   * user's, as the root of a volume mostly is.
   *
   * @param target the directories
   * @param wanted whom the user wants files and new folders to belong to
   * @return the disk to write with
   * @throws IOException when the disk fails
   * @throws RunException when this user can write for itself only, and finds another user's files or
   *     wants another owner
   */
  public Disk forOwner(Target target, Optional<Owner> wanted) throws IOException, RunException {
    if (wanted.isPresent() && !disk.user().isRoot()) {
      throw refused(
          "--owner needs root: this process runs as user " + disk.user().user()
              + ", and only root can give files to " + wanted.get()
              + "; nothing was changed. Run the restore as root, or without --owner as that user");
    }
    if (wanted.isPresent()) {
      new TargetOwner(disk, target).requireFilesOf(wanted.get());
    }
    Owner owner = wanted.isPresent() ? wanted.get() : TargetOwner.of(disk, target);
    if (disk.user().isRoot()) {
      return owner.isRoot() ? disk : disk.ownedBy(owner);
    }
    new TargetOwner(disk, target).requireOwnFiles();
    return disk;
  }

  static RunException refused(String why) {
    return new RunException(Kind.TARGET_REFUSED, why);
  }
}
