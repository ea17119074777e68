package io.coldstream.core.restore;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a restore is asked for.
 *
 * @param target the database's directory to be
 * @param index the index's directory, where it is not {@code index} in the target
 * @param point which state
 * @param arrangement how the checkpoints are set
 * @param maxDropBytes most bytes of log that {@link Arrangement#TRUNCATE} may drop; default 16 MiB
 * @param withoutIndex whether the index is left out, to be rebuilt by the server
 * @param takesOver whether the restored node continues the original, so that its backups continue
 *     this repository
 * @param dryRun whether to stop when the plan is complete
 */
public record RestoreOptions(
    Path target,
    Optional<Path> index,
    RestorePoint point,
    Arrangement arrangement,
    long maxDropBytes,
    boolean withoutIndex,
    boolean takesOver,
    boolean dryRun) {

  /** Most bytes that {@link Arrangement#TRUNCATE} may drop unless told otherwise. */
  public static final long DEFAULT_MAX_DROP_BYTES = 16L << 20;

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public RestoreOptions {
    if (maxDropBytes < 0) {
      throw new IllegalArgumentException("maxDropBytes " + maxDropBytes);
    }
  }

  /**
   * The newest backup, arranged directly, with its index.
   *
   * @param target the database's directory to be
   * @return the options
   */
  public static RestoreOptions to(Path target) {
    return new RestoreOptions(
        target,
        Optional.empty(),
        new RestorePoint.Latest(),
        Arrangement.DIRECT,
        DEFAULT_MAX_DROP_BYTES,
        false,
        false,
        false);
  }

  /**
   * The same with the index elsewhere.
   *
   * @param folder the index's directory
   * @return the options
   */
  public RestoreOptions withIndexIn(Path folder) {
    return new RestoreOptions(
        target,
        Optional.of(folder),
        point,
        arrangement,
        maxDropBytes,
        withoutIndex,
        takesOver,
        dryRun);
  }

  /**
   * The same for another state.
   *
   * @param other which state
   * @return the options
   */
  public RestoreOptions at(RestorePoint other) {
    return new RestoreOptions(
        target, index, other, arrangement, maxDropBytes, withoutIndex, takesOver, dryRun);
  }

  /**
   * The same as the documentation's arrangement.
   *
   * @param mostDroppedBytes most bytes that it may drop
   * @return the options
   */
  public RestoreOptions truncating(long mostDroppedBytes) {
    return new RestoreOptions(
        target,
        index,
        point,
        Arrangement.TRUNCATE,
        mostDroppedBytes,
        withoutIndex,
        takesOver,
        dryRun);
  }

  /**
   * The same without the index.
   *
   * @return the options
   */
  public RestoreOptions leavingIndexOut() {
    return new RestoreOptions(
        target, index, point, arrangement, maxDropBytes, true, takesOver, dryRun);
  }

  /**
   * The same for a node that continues the original.
   *
   * @return the options
   */
  public RestoreOptions takingOver() {
    return new RestoreOptions(
        target, index, point, arrangement, maxDropBytes, withoutIndex, true, dryRun);
  }

  /**
   * The same up to the plan.
   *
   * @return the options
   */
  public RestoreOptions dry() {
    return new RestoreOptions(
        target, index, point, arrangement, maxDropBytes, withoutIndex, takesOver, true);
  }
}
