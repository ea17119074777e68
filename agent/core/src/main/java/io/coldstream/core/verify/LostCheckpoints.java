package io.coldstream.core.verify;

import io.coldstream.core.repository.Layout;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says what can be done about checkpoints that are not on the store: no backup sends them again. */
final class LostCheckpoints {

  private final TreeSet<Long> affected;
  private final TreeSet<Long> others;

  LostCheckpoints(List<Finding> findings, Inventory inventory) {
    this.affected = findings.stream()
        .filter(finding -> Layout.CHECKPOINTS.holds(finding.object()))
        .map(Finding::firstBackup)
        .collect(Collectors.toCollection(TreeSet::new));
    this.others = backups(inventory.wanted());
    others.removeAll(affected);
  }

  private static TreeSet<Long> backups(Collection<WantedObject> wanted) {
    return wanted.stream()
        .filter(object -> Layout.CHECKPOINTS.holds(object.stored().object()))
        .map(WantedObject::firstBackup)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The advice; empty when all checkpoints are there. */
  Optional<String> note() {
    if (affected.isEmpty()) {
      return Optional.empty();
    }
    String which = affected.size() == 1
        ? "backup " + affected.first()
        : affected.size() + " backups, from " + affected.first() + " to " + affected.last() + ",";
    String other = others.isEmpty()
        ? "; the next backup has its own"
        : "; the newest backup with whole checkpoints is " + others.last();
    return Optional.of("checkpoints of " + which + " are missing or damaged, and no backup sends"
        + " them again" + other + ". Restore an earlier version or a copy of these objects, for"
        + " example from the store's versions. A missing one does not stop coldstream restore"
        + " --backup N, which takes the positions from the manifest");
  }
}
