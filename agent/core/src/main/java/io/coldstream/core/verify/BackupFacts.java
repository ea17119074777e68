package io.coldstream.core.verify;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.verify.history.CheckedBackups;
import io.coldstream.core.verify.history.Coverage;
import io.coldstream.core.verify.history.Depth;
import io.coldstream.store.ObjectName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Finds out for each backup when its bytes were last read. An object counts for every backup between
 * the first and the last one that need it.
 */
final class BackupFacts {

  private final List<CheckedBackups> before;
  private final Instant time;
  private final Depth depth;
  private final List<CheckedBackups> facts = new ArrayList<>();

  /**
   * Facts about backups that were just checked.
   *
   * @param before what was known
   * @param time when the check began
   * @param depth how closely it looked
   */
  BackupFacts(List<CheckedBackups> before, Instant time, Depth depth) {
    this.before = before;
    this.time = time;
    this.depth = depth;
  }

  /** An object, and when it was read; empty when it never was. */
  private record Reading(WantedObject object, Optional<Instant> since) {}

  /** What is known after a check of all backups, by what was read since ever. */
  List<CheckedBackups> ofAll(Inventory inventory, Coverage coverage, Set<ObjectName> faulty) {
    List<Reading> readings = inventory.wanted().stream()
        .filter(o -> !Layout.CHECKPOINTS.holds(o.stored().object()))
        .sorted(Comparator.comparingLong(WantedObject::firstBackup))
        .map(o -> new Reading(
            o,
            faulty.contains(o.stored().object())
                ? Optional.empty()
                : coverage.readSince(o.stored().object(), o.firstBackup())))
        .toList();
    PriorityQueue<Reading> read =
        new PriorityQueue<>(Comparator.comparing(r -> r.since().orElseThrow()));
    PriorityQueue<Reading> unread =
        new PriorityQueue<>(Comparator.comparingLong(r -> r.object().lastBackup()));
    long unreadBytes = 0;
    int next = 0;
    for (long backup : inventory.backups()) {
      for (; next < readings.size(); next++) {
        Reading reading = readings.get(next);
        if (reading.object().firstBackup() > backup) {
          break;
        }
        (reading.since().isPresent() ? read : unread).add(reading);
        unreadBytes += reading.since().isPresent() ? 0 : bytes(reading);
      }
      while (!unread.isEmpty() && unread.peek().object().lastBackup() < backup) {
        unreadBytes -= bytes(unread.remove());
      }
      while (!read.isEmpty() && read.peek().object().lastBackup() < backup) {
        read.remove();
      }
      add(
          backup,
          unreadBytes > 0 || read.isEmpty() ? Optional.empty() : read.peek().since(),
          unreadBytes);
    }
    long newest = inventory.backups().isEmpty()
        ? Long.MAX_VALUE
        : inventory.backups().get(inventory.backups().size() - 1);
    // Another run, which ended in the meantime, may have seen later backups.
    before.stream()
        .filter(b -> b.last() > newest)
        .forEach(b -> facts.add(b.of(Math.max(b.first(), newest + 1), b.last())));
    return grouped();
  }

  /** What is known after a check of one backup; of the others nothing has changed. */
  List<CheckedBackups> ofOne(Inventory inventory, Set<ObjectName> faulty) {
    long backup = inventory.backups().isEmpty() ? 0 : inventory.backups().get(0);
    for (CheckedBackups known : before) {
      if (!known.holds(backup)) {
        facts.add(known);
        continue;
      }
      if (known.first() < backup) {
        facts.add(known.of(known.first(), backup - 1));
      }
      if (known.last() > backup) {
        facts.add(known.of(backup + 1, known.last()));
      }
    }
    long unread = inventory.wanted().stream()
        .filter(o -> depth != Depth.DATA || faulty.contains(o.stored().object()))
        .filter(o -> !Layout.CHECKPOINTS.holds(o.stored().object()))
        .mapToLong(o -> o.stored().lengthBytes())
        .sum();
    if (backup > 0) {
      Optional<CheckedBackups> known = known(backup);
      if (depth == Depth.DATA || known.isEmpty()) {
        add(backup, unread == 0 ? Optional.of(time) : Optional.empty(), unread);
      } else {
        add(backup, known.get().readSince(), known.get().unreadBytes());
      }
    }
    facts.sort(Comparator.comparingLong(CheckedBackups::first));
    return grouped();
  }

  private static long bytes(Reading reading) {
    return reading.object().stored().lengthBytes();
  }

  private Optional<CheckedBackups> known(long backup) {
    return before.stream().filter(b -> b.holds(backup)).findFirst();
  }

  /** What was true stays true: the later one of two times counts. */
  private void add(long backup, Optional<Instant> readSince, long unreadBytes) {
    Optional<CheckedBackups> known = known(backup);
    Optional<Instant> earlier = known.flatMap(CheckedBackups::readSince);
    Optional<Instant> since = readSince.isPresent() && earlier.isPresent()
        ? Optional.of(readSince.get().isAfter(earlier.get()) ? readSince.get() : earlier.get())
        : readSince.or(() -> earlier);
    boolean newer = known.filter(b -> b.checked().isAfter(time)).isPresent();
    facts.add(new CheckedBackups(
        backup,
        backup,
        newer ? known.get().checked() : time,
        newer ? known.get().depth() : depth,
        since,
        since.isPresent() ? 0 : unreadBytes));
  }

  private List<CheckedBackups> grouped() {
    List<CheckedBackups> groups = new ArrayList<>();
    for (CheckedBackups one : facts) {
      int last = groups.size() - 1;
      if (last >= 0
          && groups
              .get(last)
              .equals(one.of(groups.get(last).first(), groups.get(last).last()))) {
        groups.set(last, one.of(groups.get(last).first(), one.last()));
      } else {
        groups.add(one);
      }
    }
    return groups;
  }
}
