package io.coldstream.core.restore;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a restore did, and what the operator does next.
 *
 * @param outcome how it ended
 * @param plan what was done, or would be
 * @param sequence the backup
 * @param arrangement how the checkpoints are set
 * @param position where the restored log ends
 * @param positionTime the clock of the last record below it, where known
 * @param files files that the restored database consists of, without checkpoints
 * @param bytes their bytes
 * @param fetchedBytes bytes that this run fetched
 * @param indexKept whether the index was restored
 * @param setAside where files were put that were in the way, by their names
 * @param notes what the user should know
 * @param nextSteps what the operator must do now, in order; the last one ends the report
 */
public record RestoreReport(
    Outcome outcome,
    RestorePlan plan,
    long sequence,
    Arrangement arrangement,
    long position,
    Optional<Instant> positionTime,
    long files,
    long bytes,
    long fetchedBytes,
    boolean indexKept,
    List<String> setAside,
    List<String> notes,
    List<String> nextSteps) {

  /** How a restore ended. */
  public enum Outcome {
    /** Only the plan was made. */
    PLANNED,
    /** The database is there. */
    RESTORED,
    /** It was there already: an earlier run of the same restore had finished. */
    ALREADY_DONE
  }

  /** Copies the lists. */
  public RestoreReport {
    setAside = List.copyOf(setAside);
    notes = List.copyOf(notes);
    nextSteps = List.copyOf(nextSteps);
  }
}
