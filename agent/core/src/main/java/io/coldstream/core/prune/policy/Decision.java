package io.coldstream.core.prune.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a backup is kept.
 *
 * @param backup the backup
 * @param reasons why it is kept; none for one that is removed
 */
public record Decision(DatedBackup backup, List<String> reasons) {

  public Decision {
    reasons = List.copyOf(reasons);
  }

  /** {@return whether it is kept} */
  public boolean isKept() {
    return !reasons.isEmpty();
  }

  /**
   * The same backup, kept for one more reason.
   *
   * @param reason why
   * @return the decision
   */
  public Decision because(String reason) {
    List<String> more = new ArrayList<>(reasons);
    more.add(reason);
    return new Decision(backup, more);
  }
}
