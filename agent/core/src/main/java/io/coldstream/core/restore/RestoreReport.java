package io.coldstream.core.restore;

import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.support.disk.Owner;
import java.nio.file.Path;
import java.util.List;

/**
 * The result of a restore.
 *
 * @param outcome how it ended
 * @param plan what was done, or would be
 * @param database the database's directory, without links
 * @param index the index's directory, without links
 * @param owner whom the files belong to
 * @param takesOver whether the node was restored in the place of the original
 * @param fetchedBytes bytes that this run fetched
 * @param setAside where files were put that were in the way, by their names
 */
public record RestoreReport(
    Outcome outcome,
    RestorePlan plan,
    Path database,
    Path index,
    Owner owner,
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

  public RestoreReport {
    setAside = List.copyOf(setAside);
  }

  /** {@return bytes that were in the target already and were not fetched by this run} */
  public long reusedBytes() {
    return outcome == Outcome.RESTORED ? plan.bytes() - fetchedBytes : 0;
  }
}
