package io.coldstream.core.restore.target;

import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.restore.plan.PlannedFile;
import io.coldstream.core.restore.plan.PlannedFile.Place;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import java.io.IOException;

/**
 * Moves downloaded and checked files into place, then writes the checkpoints. chaser.chk comes
 * last and is the one commit point.
 */
public final class ArrangeStep {

  private final Disk disk;
  private final Target target;

  /**
   * The last step of a restore into one target.
   *
   * @param disk where the target is
   * @param target where the files go
   */
  public ArrangeStep(Disk disk, Target target) {
    this.disk = disk;
    this.target = target;
  }

  /**
   * Moves every staged file into its place; durable when this returns.
   *
   * @param plan which files
   * @throws IOException when the disk fails
   * @throws RunException when a file is neither staged nor in its place
   */
  public void place(RestorePlan plan) throws IOException, RunException {
    for (PlannedFile file : plan.files()) {
      if (disk.look(target.staged(file)).isPresent()) {
        disk.move(target.staged(file), target.inPlace(file));
      }
    }
    for (Place place : target.places()) {
      disk.sync(target.folder(place));
      disk.sync(target.staging(place));
    }
    for (PlannedFile file : plan.files()) {
      if (disk.look(target.inPlace(file))
          .filter(there -> there.isFile() && there.lengthBytes() == file.diskBytes())
          .isEmpty()) {
        throw Preflight.refused(target.inPlace(file)
            + " was fetched and is now missing or changed: another process works in the"
            + " directory. Stop it and run the same command again to resume");
      }
    }
  }

  /**
   * Leaves behind what says that this is a restored database; durable when this returns.
   *
   * @param mark what it says
   * @throws IOException when the disk fails
   */
  public void leave(RestoredMark mark) throws IOException {
    disk.write(target.restoredMark(), mark.bytes());
  }

  /**
   * Writes the checkpoints; commits.
   *
   * @param plan which checkpoints
   * @throws IOException when the disk fails
   */
  public void commit(RestorePlan plan) throws IOException {
    for (Checkpoint checkpoint : plan.checkpoints()) {
      disk.write(target.checkpoint(checkpoint.name()), checkpoint.bytes());
    }
  }

  /**
   * Removes what only the attempt needed.
   *
   * @throws IOException when the disk fails
   */
  public void cleanUp() throws IOException {
    for (Place place : target.places()) {
      if (disk.look(target.staging(place)).isPresent()) {
        disk.deleteFolder(target.staging(place));
        disk.sync(target.folder(place));
      }
    }
  }
}
