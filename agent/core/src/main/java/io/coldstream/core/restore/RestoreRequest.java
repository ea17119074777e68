package io.coldstream.core.restore;

import io.coldstream.core.restore.plan.CheckpointMode;
import io.coldstream.core.restore.select.RestorePoint;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The options of a restore.
 *
 * @param target the database's directory to be
 * @param index the index's directory, where it is not {@code index} in the target
 * @param point which state
 * @param checkpointMode how the checkpoints are set
 * @param maxDropBytes most bytes of log that {@link CheckpointMode#TRUNCATE} may drop; default 16 MiB
 * @param withoutIndex whether the index is left out, to be rebuilt by the server
 * @param takesOver whether the restored node continues the original, so that its backups continue
 *     this repository
 * @param dryRun whether to stop when the plan is complete
 */
public record RestoreRequest(
    Path target,
    Optional<Path> index,
    RestorePoint point,
    CheckpointMode checkpointMode,
    long maxDropBytes,
    boolean withoutIndex,
    boolean takesOver,
    boolean dryRun) {

  /** Most bytes that {@link CheckpointMode#TRUNCATE} may drop unless told otherwise. */
  public static final long DEFAULT_MAX_DROP_BYTES = 16L << 20;

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public RestoreRequest {
    if (maxDropBytes < 0) {
      throw new IllegalArgumentException("maxDropBytes " + maxDropBytes);
    }
  }

  /**
   * The newest backup, arranged directly, with its index.
   *
   * @param target the database's directory to be
   * @return the request
   */
  public static RestoreRequest to(Path target) {
    return new RestoreRequest(
        target,
        Optional.empty(),
        new RestorePoint.Latest(),
        CheckpointMode.DIRECT,
        DEFAULT_MAX_DROP_BYTES,
        false,
        false,
        false);
  }

  /**
   * The same with the index elsewhere.
   *
   * @param folder the index's directory
   * @return the request
   */
  public RestoreRequest withIndexIn(Path folder) {
    return new RestoreRequest(
        target,
        Optional.of(folder),
        point,
        checkpointMode,
        maxDropBytes,
        withoutIndex,
        takesOver,
        dryRun);
  }

  /**
   * The same for another state.
   *
   * @param other which state
   * @return the request
   */
  public RestoreRequest at(RestorePoint other) {
    return new RestoreRequest(
        target, index, other, checkpointMode, maxDropBytes, withoutIndex, takesOver, dryRun);
  }

  /**
   * The same as the documentation's arrangement.
   *
   * @param mostDroppedBytes most bytes that it may drop
   * @return the request
   */
  public RestoreRequest truncating(long mostDroppedBytes) {
    return new RestoreRequest(
        target,
        index,
        point,
        CheckpointMode.TRUNCATE,
        mostDroppedBytes,
        withoutIndex,
        takesOver,
        dryRun);
  }

  /**
   * The same without the index.
   *
   * @return the request
   */
  public RestoreRequest leavingIndexOut() {
    return new RestoreRequest(
        target, index, point, checkpointMode, maxDropBytes, true, takesOver, dryRun);
  }

  /**
   * The same for a node that continues the original.
   *
   * @return the request
   */
  public RestoreRequest takingOver() {
    return new RestoreRequest(
        target, index, point, checkpointMode, maxDropBytes, withoutIndex, true, dryRun);
  }

  /**
   * The same up to the plan.
   *
   * @return the request
   */
  public RestoreRequest dry() {
    return new RestoreRequest(
        target, index, point, checkpointMode, maxDropBytes, withoutIndex, takesOver, true);
  }
}
