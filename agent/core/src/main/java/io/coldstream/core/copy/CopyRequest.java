package io.coldstream.core.copy;

import io.coldstream.core.support.work.Shard;

/**
 * The options of a copy.
 *
 * @param selection which backups
 * @param shard which of their objects this process copies
 * @param dryRun whether to stop at the plan
 */
public record CopyRequest(Selection selection, Shard shard, boolean dryRun) {

  /**
   * A copy by one process.
   *
   * @param selection which backups
   * @return the request
   */
  public static CopyRequest of(Selection selection) {
    return new CopyRequest(selection, Shard.WHOLE, false);
  }

  /**
   * The same up to the plan.
   *
   * @return the request
   */
  public CopyRequest dry() {
    return new CopyRequest(selection, shard, true);
  }

  /**
   * The same for a share of the objects.
   *
   * @param part which share
   * @return the request
   */
  public CopyRequest in(Shard part) {
    return new CopyRequest(selection, part, dryRun);
  }
}
