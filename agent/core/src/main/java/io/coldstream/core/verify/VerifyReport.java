package io.coldstream.core.verify;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.verify.history.Counts;
import io.coldstream.core.verify.history.Verification;
import java.util.List;
import java.util.Optional;

/**
 * The result of a verification.
 *
 * @param counts how much was checked
 * @param findings what is wrong; nothing when all is well
 * @param notes what is not as it was, but harms no restore
 * @param stored the result as it is stored; empty when it is not
 * @param shard how the divided run stands that this is a part of; the rest is about the whole run as
 *     soon as all parts are stored
 */
public record VerifyReport(
    Counts counts,
    List<Finding> findings,
    List<String> notes,
    Optional<Verification> stored,
    Optional<ShardReport> shard) {

  static final String NOTHING = "nothing could be checked: there is no backup to verify";

  public VerifyReport {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /**
   * Whether all that was checked is right, and something was checked.
   *
   * @return true when nothing is wrong
   */
  public boolean isGood() {
    return findings.isEmpty() && counts.backups() > 0 && counts.objects() > 0;
  }

  /**
   * Ends a run whose verification found something.
   *
   * @throws RunException {@link Kind#VERIFICATION_FAILED} unless {@link #isGood()}
   */
  public void requireGood() throws RunException {
    if (findings.isEmpty() && !isGood()) {
      throw new RunException(Kind.VERIFICATION_FAILED, NOTHING);
    }
    if (!isGood()) {
      Finding first = findings.get(0);
      throw new RunException(
          Kind.VERIFICATION_FAILED,
          findings.size() + (findings.size() == 1 ? " fault" : " faults") + " in "
              + counts.backups() + (counts.backups() == 1 ? " backup" : " backups") + " and "
              + counts.objects() + " objects; the first: " + first.fault(),
          null,
          first.repair().map(List::of).orElse(List.of()));
    }
  }
}
