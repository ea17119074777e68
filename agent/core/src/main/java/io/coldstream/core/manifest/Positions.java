package io.coldstream.core.manifest;

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
}
