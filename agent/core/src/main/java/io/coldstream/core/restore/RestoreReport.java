package io.coldstream.core.restore;

import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.restore.target.SpaceNeed;
import io.coldstream.core.support.disk.Owner;
import java.nio.file.Path;
import java.util.List;

/**
 * The result of a restore.
 *
 * @param outcome how it ended
 * @param plan what was done, or would be
 * @param place where to
 * @param space what the file systems of the target need and have, for what is not there yet
 * @param takesOver whether the node was restored in the place of the original
 * @param fetchedBytes bytes that this run fetched
 * @param setAside where files were put that were in the way, by their names
 */
public record RestoreReport(
    Outcome outcome,
    RestorePlan plan,
    Place place,
    List<SpaceNeed> space,
    boolean takesOver,
    long fetchedBytes,
    List<String> setAside) {

  /** How a restore ended. */
  public enum Outcome {
    /** Only the plan was made. */
    PLANNED,
    /** The database is there. */
    RESTORED,
    /** It was there already: an earlier run of the same restore had finished. */
    ALREADY_DONE
  }

  /**
   * The directories of a restored database.
   *
   * @param database the database's directory, without links
   * @param index the index's directory, without links
   * @param owner whom the files belong to
   * @param directoryOwner whom the database's directory belongs to; before it is there, whom it will
   *     belong to
   */
  public record Place(Path database, Path index, Owner owner, Owner directoryOwner) {}

  public RestoreReport {
    space = List.copyOf(space);
    setAside = List.copyOf(setAside);
  }

  /** {@return bytes that were in the target already and were not fetched by this run} */
  public long reusedBytes() {
    return outcome == Outcome.RESTORED ? plan.bytes() - fetchedBytes : 0;
  }

  /** {@return the database's directory, without links} */
  public Path database() {
    return place.database();
  }

  /** {@return the index's directory, without links} */
  public Path index() {
    return place.index();
  }

  /** {@return whom the files belong to} */
  public Owner owner() {
    return place.owner();
  }

  /** {@return how many bytes are still to be fetched} */
  public long missingBytes() {
    return space.stream().mapToLong(SpaceNeed::neededBytes).sum();
  }
}
