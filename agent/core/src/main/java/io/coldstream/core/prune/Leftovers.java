package io.coldstream.core.prune;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.verify.history.Superseded;
import io.coldstream.store.ObjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Finds notes and results that nothing needs. What is younger than the grace stays in any case, so that
 * a run that is at work finds what it has written.
 */
final class Leftovers {

  /** The newest result tells everything; the others are for people, and in case that it is damaged. */
  static final int KEPT_RESULTS = 10;

  /** Of each backup. */
  static final int KEPT_DRILLS = 3;

  private final Inventory inventory;
  private final Set<Long> kept;
  private final Duration grace;
  private final Instant now;

  /**
   * The leftovers of a repository.
   *
   * @param kept the backups that are kept
   */
  Leftovers(Inventory inventory, Set<Long> kept, Duration grace, Instant now) {
    this.inventory = inventory;
    this.kept = kept;
    this.grace = grace;
    this.now = now;
  }

  List<ObjectName> find() {
    List<ObjectName> all = new ArrayList<>(inventory.under(Layout.PROGRESS).keySet());
    all.addAll(Superseded.of(inventory.under(Layout.VERIFICATIONS).keySet(), KEPT_RESULTS));
    all.addAll(drills());
    return all.stream()
        .filter(name -> inventory.find(name).orElseThrow().isOlder(grace, now))
        .toList();
  }

  /** The names of a backup's drills are in the order of their times. */
  private List<ObjectName> drills() {
    SortedMap<ObjectName, Inventory.Entry> drills = inventory.under(Layout.DRILLS);
    Map<String, List<ObjectName>> folders = new HashMap<>();
    drills.keySet().stream()
        .filter(Layout::isDrill)
        .forEach(name ->
            folders.computeIfAbsent(folder(name), folder -> new ArrayList<>()).add(name));
    Set<String> ofKept =
        kept.stream().map(number -> Layout.drills(number).value()).collect(Collectors.toSet());
    List<ObjectName> old = new ArrayList<>();
    folders.forEach((folder, names) -> {
      int newest = ofKept.contains(folder) ? KEPT_DRILLS : 0;
      old.addAll(names.subList(0, Math.max(0, names.size() - newest)));
    });
    return old;
  }

  private static String folder(ObjectName name) {
    return name.value().substring(0, name.value().lastIndexOf('/') + 1);
  }
}
