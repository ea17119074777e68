package io.coldstream.core.repository.manifest;

import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Where the log stood at capture. Positions are byte offsets in the log.
 *
 * @param writer value of writer.chk: the end of the captured log
 * @param chaser value of chaser.chk, at most the writer's
 * @param epoch value of epoch.chk, where set
 * @param proposal value of proposal.chk, where set: an election's number, not a position
 * @param restorePoint the last safe cut at or below the writer's value
 * @param restorePointEpoch position of the last epoch record wholly below the restore point
 */
public record Positions(
    long writer,
    long chaser,
    OptionalLong epoch,
    OptionalLong proposal,
    long restorePoint,
    long restorePointEpoch) {

  /**
   * Checks their order.
   *
   * @throws IllegalArgumentException unless 0 ≤ epoch of the restore point &lt; restore point ≤ writer
   *     and 0 ≤ chaser ≤ writer
   */
  public Positions {
    if (chaser < 0
        || chaser > writer
        || restorePoint > writer
        || restorePointEpoch < 0
        || restorePointEpoch >= restorePoint) {
      throw new IllegalArgumentException("positions out of order: writer " + writer + ", chaser "
          + chaser + ", restore point " + restorePoint + ", its epoch " + restorePointEpoch);
    }
  }

  /**
   * A position, or a number of bytes of the log, for people.
   *
   * @param position bytes
   * @return with separators
   */
  public static String text(long position) {
    return String.format(Locale.ROOT, "%,d", position);
  }

  /**
   * The checkpoints as captured.
   *
   * @return writer, chaser, epoch, proposal, truncate; a node that is to truncate is not backed up
   */
  public List<Checkpoint> captured() {
    return List.of(
        Checkpoint.at(CheckpointName.WRITER, writer),
        Checkpoint.at(CheckpointName.CHASER, chaser),
        new Checkpoint(CheckpointName.EPOCH, epoch),
        new Checkpoint(CheckpointName.PROPOSAL, proposal),
        Checkpoint.unset(CheckpointName.TRUNCATE));
  }

  /**
   * The checkpoints of a node that stopped cleanly at the restore point: a server starts on them
   * with a single start.
   *
   * @return writer, chaser, epoch, proposal, truncate
   */
  public List<Checkpoint> direct() {
    return List.of(
        Checkpoint.at(CheckpointName.WRITER, restorePoint),
        Checkpoint.at(CheckpointName.CHASER, restorePoint),
        Checkpoint.at(CheckpointName.EPOCH, restorePointEpoch),
        new Checkpoint(CheckpointName.PROPOSAL, proposal),
        Checkpoint.unset(CheckpointName.TRUNCATE));
  }
}
