package io.coldstream.core.verify.history;

import io.coldstream.store.ObjectName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stretch in the order of object names of which every object was read: those that the backups of
 * that time needed. Checkpoints are not counted, since every run reads them.
 *
 * @param after the name before the stretch, excluded; empty for the beginning
 * @param through the last name, included; empty for the end
 * @param time no byte was read earlier than this
 * @param newestBackup the newest backup of that time: an object that only later ones need was not read
 * @param without backups that could not be read then, ascending: what they needed first was not read.
 *     Of more than {@value #MAX_WITHOUT} only the first counts, and every later backup
 */
public record ReadRange(
    Optional<ObjectName> after,
    Optional<ObjectName> through,
    Instant time,
    long newestBackup,
    List<Long> without) {

  /** More are not kept. */
  static final int MAX_WITHOUT = 20;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException when the stretch is empty
   */
  public ReadRange {
    if (after.isPresent() && through.isPresent() && after.get().compareTo(through.get()) >= 0) {
      throw new IllegalArgumentException("the range after " + after.get() + " is empty");
    }
    if (without.size() > MAX_WITHOUT) {
      newestBackup = Math.min(newestBackup, without.get(0) - 1);
      without = List.of();
    }
    without = List.copyOf(without);
  }

  /**
   * The same facts about another stretch.
   *
   * @param start the name before it
   * @param end its last name
   * @return the range
   */
  ReadRange between(Optional<ObjectName> start, Optional<ObjectName> end) {
    return new ReadRange(start, end, time, newestBackup, without);
  }

  /** Whether a name lies in it. */
  boolean holds(ObjectName name) {
    return after.map(a -> a.compareTo(name) < 0).orElse(true)
        && through.map(t -> t.compareTo(name) >= 0).orElse(true);
  }

  /** Whether an object in it was read whose oldest backup is this one. */
  boolean tellsOf(long firstBackup) {
    return firstBackup <= newestBackup && !without.contains(firstBackup);
  }

  /** Whether another range says the same of its stretch. */
  boolean saysTheSameAs(ReadRange other) {
    return time.equals(other.time)
        && newestBackup == other.newestBackup
        && without.equals(other.without);
  }
}
