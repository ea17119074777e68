package io.coldstream.core.copy;

import io.coldstream.core.copy.CopiedBackup.Outcome;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a copy went.
 *
 * @param plan what was to be sent
 * @param backups what became of each backup, in the order of the plan
 * @param faults objects that are damaged in the repository that was copied, or at the target
 * @param sent what this run sent, without manifests
 * @param dryRun whether nothing was sent on purpose
 * @param duration how long it took
 */
public record CopyReport(
    CopyPlan plan,
    List<CopiedBackup> backups,
    List<CopyFault> faults,
    Sent sent,
    boolean dryRun,
    Duration duration) {

  /** Most repairs that are printed: the other faults are in the list of objects. */
  private static final int MAX_REPAIRS = 5;

  public CopyReport {
    backups = List.copyOf(backups);
    faults = List.copyOf(faults);
  }

  /**
   * What was sent.
   *
   * @param objects objects that this run created
   * @param bytes their bytes
   * @param resumedObjects how many of them resumed an earlier upload
   * @param resumedParts how many parts of those were there already
   */
  public record Sent(long objects, long bytes, long resumedObjects, long resumedParts) {}

  /**
   * How many backups ended in one way.
   *
   * @param outcome which
   * @return the count
   */
  public long count(Outcome outcome) {
    return backups.stream().filter(backup -> backup.outcome() == outcome).count();
  }

  /**
   * Ends a run in which something could not be copied.
   *
   * @throws RunException {@link Kind#REPOSITORY_DAMAGED} when an object or a manifest is damaged,
   *     with what repairs the first object; {@link Kind#CONFLICT} when a prune of the target removes
   *     what a backup needs
   */
  public void requireGood() throws RunException {
    Optional<CopiedBackup> blocked =
        backups.stream().filter(b -> b.outcome() == Outcome.BLOCKED).findFirst();
    if (blocked.isPresent() && count(Outcome.DAMAGED) == 0) {
      long number = count(Outcome.BLOCKED);
      throw new RunException(
          Kind.CONFLICT,
          (number == 1 ? "1 backup" : number + " backups")
              + " cannot be copied now; the first: backup " + blocked.get().sequence() + ": "
              + blocked.get().reason().orElse(""));
    }
    Optional<CopiedBackup> damaged =
        backups.stream().filter(b -> b.outcome() == Outcome.DAMAGED).findFirst();
    if (damaged.isEmpty()) {
      return;
    }
    List<Remedy> remedies = faults.stream()
        .flatMap(f -> f.repair().stream())
        .distinct()
        .limit(MAX_REPAIRS)
        .toList();
    long bad = count(Outcome.DAMAGED);
    throw new RunException(
        Kind.REPOSITORY_DAMAGED,
        (bad == 1 ? "1 backup" : bad + " backups") + " cannot be copied; the first: backup "
            + damaged.get().sequence() + ": " + damaged.get().reason().orElse("damaged")
            + (dryRun
                ? ""
                : ". Everything else was copied. Repair the source and run this again, which"
                    + " sends only what is missing"),
        null,
        remedies);
  }
}
