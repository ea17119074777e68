package io.coldstream.core.restore;

import io.coldstream.core.restore.plan.CheckpointMode;
import io.coldstream.core.restore.select.RestorePoint;
import io.coldstream.core.support.disk.Owner;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The options of a restore.
 *
 * @param place where to
 * @param point which state
 * @param checkpointMode how the checkpoints are set
 * @param maxDropBytes most bytes of log that {@link CheckpointMode#TRUNCATE} may drop; default 16 MiB
 * @param withoutIndex whether the index is left out, to be rebuilt by the server
 * @param takesOver whether the restored node continues the original, so that its backups continue
 *     this repository
 * @param dryRun whether to stop when the plan is complete
 */
public record RestoreRequest(
    Place place,
    RestorePoint point,
    CheckpointMode checkpointMode,
    long maxDropBytes,
    boolean withoutIndex,
    boolean takesOver,
    boolean dryRun) {

  /**
   * Where a restore writes to, and for whom.
   *
   * @param target the database's directory to be
   * @param index the index's directory, where it is not {@code index} in the target
   * @param owner whom files and new folders are given to; without it, that is the owner of the
   *     directory when root writes, else this user
   */
  public record Place(Path target, Optional<Path> index, Optional<Owner> owner) {}

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
        new Place(target, Optional.empty(), Optional.empty()),
        new RestorePoint.Latest(),
        CheckpointMode.DIRECT,
        DEFAULT_MAX_DROP_BYTES,
        false,
        false,
        false);
  }

  /** {@return the database's directory to be} */
  public Path target() {
    return place.target();
  }

  /** {@return the index's directory, where it is not in the target} */
  public Optional<Path> index() {
    return place.index();
  }

  /**
   * The same for another owner.
   *
   * @param owner whom files and new folders are given to
   * @return the request
   */
  public RestoreRequest ownedBy(Owner owner) {
    return new RestoreRequest(
        new Place(target(), index(), Optional.of(owner)),
        point,
        checkpointMode,
        maxDropBytes,
        withoutIndex,
        takesOver,
        dryRun);
  }

  /**
   * The same with the index elsewhere.
   *
   * @param folder the index's directory
   * @return the request
   */
  public RestoreRequest withIndexIn(Path folder) {
    return new RestoreRequest(
        new Place(target(), Optional.of(folder), place.owner()),
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
        place, other, checkpointMode, maxDropBytes, withoutIndex, takesOver, dryRun);
  }

  /**
   * The same as the documentation's arrangement.
   *
   * @param mostDroppedBytes most bytes that it may drop
   * @return the request
   */
  public RestoreRequest truncating(long mostDroppedBytes) {
    return new RestoreRequest(
        place, point, CheckpointMode.TRUNCATE, mostDroppedBytes, withoutIndex, takesOver, dryRun);
  }

  /**
   * The same without the index.
   *
   * @return the request
   */
  public RestoreRequest leavingIndexOut() {
    return new RestoreRequest(place, point, checkpointMode, maxDropBytes, true, takesOver, dryRun);
  }

  /**
   * The same for a node that continues the original.
   *
   * @return the request
   */
  public RestoreRequest takingOver() {
    return new RestoreRequest(
        place, point, checkpointMode, maxDropBytes, withoutIndex, true, dryRun);
  }

  /**
   * The same up to the plan.
   *
   * @return the request
   */
  public RestoreRequest dry() {
    return new RestoreRequest(
        place, point, checkpointMode, maxDropBytes, withoutIndex, takesOver, true);
  }
}
