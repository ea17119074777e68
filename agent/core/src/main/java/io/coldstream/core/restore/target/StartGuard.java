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
 * Writes the start guard into a target: checkpoints on which every tested server version refuses
 * to start and changes nothing ({@code database-files.md#s14-1-guard}). Each is durable before the
 * next is written, and no server starts on a part of them.
 */
public final class StartGuard {

  private static final Checkpoint TRUNCATE = Checkpoint.unset(CheckpointName.TRUNCATE);

  /**
   * The guard. chaser.chk comes first and goes last: it alone, and with any other, is refused, but
   * with truncate.chk alone a server makes a new database.
   */
  static final List<Checkpoint> CHECKPOINTS = List.of(
      Checkpoint.at(CheckpointName.CHASER, StartGuardValues.CHASER),
      Checkpoint.at(CheckpointName.WRITER, StartGuardValues.WRITER),
      TRUNCATE);

  private final Disk disk;
  private final Target target;

  /**
   * The start guard of one target.
   *
   * @param disk where the target is
   * @param target the directories
   */
  public StartGuard(Disk disk, Target target) {
    this.disk = disk;
    this.target = target;
  }

  /**
   * Sets the guard and writes down what the attempt is at. Where files of a database may be reused,
   * that comes first: with the guard alone, they would count as the restore's own.
   *
   * @param plan what is restored
   * @param reuse whether the target held a database when the restore began
   * @throws IOException when the disk fails
   */
  public void set(RestorePlan plan, boolean reuse) throws IOException {
    if (reuse) {
      note(plan, true);
    }
    if (disk.look(target.checkpoint(TRUNCATE.name())).isPresent()) {
      // If it is armed, a server lowers chaser.chk to it, however high that is. If not, it stays.
      write(target.checkpoint(TRUNCATE.name()), TRUNCATE.bytes());
    }
    for (Checkpoint checkpoint : CHECKPOINTS) {
      write(target.checkpoint(checkpoint.name()), checkpoint.bytes());
    }
    note(plan, reuse);
  }

  private void note(RestorePlan plan, boolean reuse) throws IOException {
    for (Place place : target.places()) {
      disk.createFolders(target.staging(place));
    }
    write(target.attempt(), Attempt.of(plan, target, reuse).bytes());
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
