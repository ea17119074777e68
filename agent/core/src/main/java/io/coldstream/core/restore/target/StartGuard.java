package io.coldstream.core.restore.target;

import io.coldstream.core.repository.StartGuardValues;
import io.coldstream.core.restore.plan.PlannedFile.Place;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Puts the mark on a target: checkpoints that make every server version tried refuse to start and
 * change nothing ({@code database-files.md#s14-1}), each durable before the next is written.
 */
public final class StartGuard {

  /** The mark, in the order in which it is written: an armed truncate.chk would lift it. */
  static final List<Checkpoint> CHECKPOINTS = List.of(
      Checkpoint.unset(CheckpointName.TRUNCATE),
      Checkpoint.at(CheckpointName.CHASER, StartGuardValues.CHASER),
      Checkpoint.at(CheckpointName.WRITER, StartGuardValues.WRITER));

  private final Disk disk;
  private final Target target;

  /**
   * For one target.
   *
   * @param disk where the target is
   * @param target the directories
   */
  public StartGuard(Disk disk, Target target) {
    this.disk = disk;
    this.target = target;
  }

  /**
   * Sets the mark, then remembers what the attempt is at.
   *
   * @param plan what is restored
   * @throws IOException when the disk fails
   */
  public void set(RestorePlan plan) throws IOException {
    for (Checkpoint checkpoint : CHECKPOINTS) {
      write(target.checkpoint(checkpoint.name()), checkpoint.bytes());
    }
    for (Place place : target.places()) {
      disk.createFolders(target.staging(place));
    }
    write(target.attempt(), Attempt.of(plan, target).bytes());
  }

  private void write(Path file, byte[] content) throws IOException {
    if (disk.look(file)
            .filter(e -> e.isFile() && e.lengthBytes() == content.length)
            .isPresent()
        && Arrays.equals(disk.read(file, content.length), content)) {
      disk.sync(file.getParent());
      return;
    }
    disk.write(file, content);
  }
}
