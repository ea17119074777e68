package io.coldstream.core.verify;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.util.List;

/**
 * The result of a verification.
 *
 * @param backups backups whose manifests and pages were read and fit together
 * @param objects objects whose presence and length were checked
 * @param readObjects objects of which every byte was read and compared
 * @param readBytes their bytes
 * @param findings what is wrong; nothing when all is well
 * @param notes what is not as it was, but harms no restore
 */
public record VerifyReport(
    long backups,
    long objects,
    long readObjects,
    long readBytes,
    List<Finding> findings,
    List<String> notes) {

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
    return findings.isEmpty() && backups > 0 && objects > 0;
  }

  /**
   * Ends a run whose verification found something.
   *
   * @throws RunException {@link Kind#VERIFICATION_FAILED} unless {@link #isGood()}
   */
  public void requireGood() throws RunException {
    if (findings.isEmpty() && !isGood()) {
      throw new RunException(
          Kind.VERIFICATION_FAILED, "nothing could be checked: there is no backup to verify");
    }
    if (!isGood()) {
      Finding first = findings.get(0);
      throw new RunException(
          Kind.VERIFICATION_FAILED,
          findings.size() + (findings.size() == 1 ? " fault" : " faults") + " in " + backups
              + (backups == 1 ? " backup" : " backups") + " and " + objects
              + " objects; the first: " + first.fault(),
          null,
          first.repair().map(List::of).orElse(List.of()));
    }
  }
}
