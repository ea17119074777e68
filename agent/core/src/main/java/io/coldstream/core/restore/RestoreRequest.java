package io.coldstream.core.restore;

import io.coldstream.core.restore.plan.CheckpointMode;
import io.coldstream.core.restore.select.RestorePoint;
import io.coldstream.core.support.disk.Owner;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a restore.
 *
 * @param place where to
 * @param point which state
 * @param checkpointMode how the checkpoints are set
 * @param maxDropBytes most bytes of log that {@link CheckpointMode#TRUNCATE} may drop; default 16 MiB
 * @param choices what is chosen besides
 */
public record RestoreRequest(
    Place place,
    RestorePoint point,
    CheckpointMode checkpointMode,
    long maxDropBytes,
    Set<Choice> choices) {

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

  /** What a user may choose. */
  public enum Choice {
    /** The index is left out, to be rebuilt by the server. */
    WITHOUT_INDEX,
    /** The restored node continues the original, so that its backups continue this repository. */
    TAKES_OVER,
    /** A database that is in the target is repaired: its files are used where they are right. */
    REUSE,
    /** Nothing is changed: the run stops when the plan is complete. */
    DRY_RUN
  }

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public RestoreRequest {
    if (maxDropBytes < 0) {
      throw new IllegalArgumentException("maxDropBytes " + maxDropBytes);
    }
    choices = Set.copyOf(choices);
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
        Set.of());
  }

  /** {@return whether the index is left out} */
  public boolean withoutIndex() {
    return choices.contains(Choice.WITHOUT_INDEX);
  }

  /** {@return whether the restored node continues the original} */
  public boolean takesOver() {
    return choices.contains(Choice.TAKES_OVER);
  }

  /** {@return whether files that are in the target may be used} */
  public boolean reuse() {
    return choices.contains(Choice.REUSE);
  }

  /** {@return whether to stop when the plan is complete} */
  public boolean dryRun() {
    return choices.contains(Choice.DRY_RUN);
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
        choices);
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
        choices);
  }

  /**
   * The same for another state.
   *
   * @param other which state
   * @return the request
   */
  public RestoreRequest at(RestorePoint other) {
    return new RestoreRequest(place, other, checkpointMode, maxDropBytes, choices);
  }

  /**
   * The same as the documentation's arrangement.
   *
   * @param mostDroppedBytes most bytes that it may drop
   * @return the request
   */
  public RestoreRequest truncating(long mostDroppedBytes) {
    return new RestoreRequest(place, point, CheckpointMode.TRUNCATE, mostDroppedBytes, choices);
  }

  /**
   * The same with one more choice.
   *
   * @param choice what is chosen
   * @return the request
   */
  public RestoreRequest with(Choice choice) {
    Set<Choice> all = EnumSet.of(choice);
    all.addAll(choices);
    return new RestoreRequest(place, point, checkpointMode, maxDropBytes, all);
  }

  /**
   * The same without the index.
   *
   * @return the request
   */
  public RestoreRequest leavingIndexOut() {
    return with(Choice.WITHOUT_INDEX);
  }

  /**
   * The same for a node that continues the original.
   *
   * @return the request
   */
  public RestoreRequest takingOver() {
    return with(Choice.TAKES_OVER);
  }

  /**
   * The same up to the plan.
   *
   * @return the request
   */
  public RestoreRequest dry() {
    return with(Choice.DRY_RUN);
  }
}
