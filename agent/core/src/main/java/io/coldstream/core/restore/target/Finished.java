package io.coldstream.core.restore.target;

import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.restore.plan.PlannedFile;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskEntry;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.index.IndexMap;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Checks a target whose restore is committed: it is refused unless the same restore is requested
 * again.
 */
public final class Finished {

  private final Disk disk;
  private final Preflight preflight;
  private final Target target;
  private final TargetContents found;

  /**
   * The check of one target.
   *
   * @param disk where the target is
   * @param preflight looks at the target
   * @param target the directories
   * @param found what they hold
   */
  public Finished(Disk disk, Preflight preflight, Target target, TargetContents found) {
    this.disk = disk;
    this.preflight = preflight;
    this.target = target;
    this.found = found;
  }

  /**
   * Refuses a target where a server has run, or that is another backup's, since chaser.chk was set.
   *
   * @param plan the requested restore
   * @throws IOException when the disk fails
   * @throws RunException {@link RunException.Kind#TARGET_REFUSED} when the target is refused
   */
  public void requireAsArranged(RestorePlan plan) throws IOException, RunException {
    found.requireSame(plan, target);
    RestoredMark mark = found.restored().orElse(null);
    if (mark != null
        && (!mark.repositoryId().equals(plan.backup().repositoryId())
            || mark.sequence() != plan.backup().sequence()
            || mark.position() != plan.position())) {
      throw Preflight.refused(
          target.database() + " holds backup " + mark.sequence() + ", restored to position "
              + mark.position()
              + ", and not the requested restore; nothing was changed. Restore into another"
              + " directory, or " + TargetContents.MOVE);
    }
    for (Checkpoint checkpoint : plan.checkpoints()) {
      Optional<byte[]> there = preflight.content(target.checkpoint(checkpoint.name()));
      if (there.isEmpty() || !Arrays.equals(there.get(), checkpoint.bytes())) {
        throw serverRanHere(checkpoint.name().fileName() + " has changed");
      }
    }
    requireIndexAsAsked(plan);
    for (PlannedFile file : plan.files()) {
      Optional<DiskEntry> there = disk.look(target.inPlace(file));
      if (there.isEmpty() || there.get().lengthBytes() != file.diskBytes()) {
        throw serverRanHere(file.name() + " has changed");
      }
    }
  }

  private void requireIndexAsAsked(RestorePlan plan) throws IOException, RunException {
    boolean there = disk.look(target.index().resolve(IndexMap.FILE_NAME)).isPresent();
    boolean asked = plan.indexReason().isEmpty();
    if (there && !asked) {
      throw Preflight.refused(target.database() + " was restored before, and "
          + target.index() + " holds an index, which was to be excluded; nothing was changed."
          + " To let the server rebuild it, empty that directory");
    }
  }

  /**
   * Whether the restored mark has another {@code --takes-over} than this run.
   *
   * @param takesOver the option of this run
   * @return whether the mark has to be written again
   */
  public boolean needsRewrite(boolean takesOver) {
    return found.restored().filter(mark -> mark.takesOver() == takesOver).isEmpty();
  }

  private RunException serverRanHere(String sign) {
    return Preflight.refused(
        target.database() + " was restored before, and a server has run there since (" + sign
            + "); nothing was changed. Restore into another directory, or move this one away. To bring"
            + " this one back to the backup, with its files where they are right, use --reuse");
  }
}
