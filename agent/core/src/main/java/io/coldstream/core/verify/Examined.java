package io.coldstream.core.verify;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.verify.history.Counts;
import io.coldstream.core.verify.history.Depth;
import io.coldstream.core.verify.history.Findings;
import io.coldstream.core.verify.history.StoredFinding;
import io.coldstream.store.ObjectName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run has seen.
 *
 * @param inventory what the backups need
 * @param wrong objects that are missing or have a wrong length
 * @param read objects that were read
 * @param findings what is wrong
 * @param notes what is not as it was, but harms no restore
 * @param stretch of which names every object was read
 */
record Examined(
    Inventory inventory,
    Set<ObjectName> wrong,
    List<WantedObject> read,
    List<Finding> findings,
    List<String> notes,
    Optional<Stretch> stretch) {

  Counts counts() {
    return new Counts(
        inventory.backups().size(),
        inventory.wanted().size(),
        read.size(),
        ContentCheck.bytes(read));
  }

  /** The findings as a document holds them. */
  Findings stored() {
    return Findings.of(findings.stream().map(Finding::stored).toList(), 0);
  }

  /**
   * Whether this run would have found a fault again that an earlier one found.
   *
   * @param complete whether it came to its end
   */
  boolean sees(StoredFinding earlier, VerifyOptions options, boolean complete) {
    boolean ofAll = options.sequence().isEmpty();
    if (Layout.MANIFESTS.holds(earlier.object())) {
      boolean inScope = ofAll || earlier.concerns(options.sequence().getAsLong());
      boolean gone = ofAll
          && inventory.backups().stream().noneMatch(earlier::concerns)
          && inventory.unreadable().stream().noneMatch(earlier::concerns);
      boolean deepEnough = earlier.foundBy() == Depth.STRUCTURE || options.depth() == Depth.DATA;
      return gone || complete && inScope && deepEnough;
    }
    Set<ObjectName> seen = new HashSet<>(wrong);
    read.forEach(object -> seen.add(object.stored().object()));
    return seen.contains(earlier.object())
        || ofAll
            && inventory.wanted(earlier.object()).isEmpty()
            && inventory.unreadable().isEmpty();
  }
}
