package io.coldstream.cli.output;

import io.coldstream.core.repository.DiscardedTail;
import io.coldstream.core.repository.NewestLineage;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.failure.RunException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of a repository's backups began a new lineage, and which end with what a later one discarded:
 * a mark for the row of a backup, and lines below the table that say where.
 */
public final class LineageText {

  private final List<Manifest> backups;
  private final Map<Long, DiscardedTail> tails;

  private LineageText(List<Manifest> backups, Map<Long, DiscardedTail> tails) {
    this.backups = backups;
    this.tails = tails;
  }

  /**
   * Compares the backups of a repository.
   *
   * @param backups those that can be read, oldest first
   * @return what there is to say about them
   * @throws RunException never of manifests that were read
   */
  public static LineageText of(List<Manifest> backups) throws RunException {
    NewestLineage newest = NewestLineage.of(backups);
    Map<Long, DiscardedTail> tails = new HashMap<>();
    for (Manifest backup : backups) {
      newest.discardedTail(backup).ifPresent(tail -> tails.put(backup.sequence(), tail));
    }
    return new LineageText(List.copyOf(backups), tails);
  }

  /**
   * What the newest backup does not hold.
   *
   * @param backup one of the backups
   * @return the end of its log
   */
  public Optional<DiscardedTail> discardedTail(Manifest backup) {
    return Optional.ofNullable(tails.get(backup.sequence()));
  }

  /**
   * The mark of a row.
   *
   * @param backup one of the backups
   * @return a few words; empty for most
   */
  public String mark(Manifest backup) {
    List<String> marks = new ArrayList<>();
    backup.forkedFrom().ifPresent(forkedFrom -> marks.add("new"));
    discardedTail(backup).ifPresent(tail -> marks.add("cut by " + tail.discardedBy()));
    return String.join(", ", marks);
  }

  /** {@return what the marks mean, with a blank line before; empty when there are none} */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    Optional<DiscardedTail> open = Optional.empty();
    long first = 0;
    for (Manifest backup : backups) {
      Optional<DiscardedTail> tail = discardedTail(backup);
      if (!isAlike(open, tail)) {
        addDiscarded(lines, first, open);
        first = backup.sequence();
      }
      open = tail;
      addFork(lines, backup);
    }
    addDiscarded(lines, first, open);
    if (!lines.isEmpty()) {
      lines.add(0, "");
    }
    return lines;
  }

  /** Whether the same was discarded of a backup and the next one, so that one line is enough. */
  private static boolean isAlike(Optional<DiscardedTail> one, Optional<DiscardedTail> next) {
    return one.map(DiscardedTail::position).equals(next.map(DiscardedTail::position))
        && one.map(DiscardedTail::discardedBy).equals(next.map(DiscardedTail::discardedBy));
  }

  private static void addDiscarded(List<String> lines, long first, Optional<DiscardedTail> last) {
    last.ifPresent(tail -> lines.add((first == tail.sequence()
            ? "backup " + first
            : "backups " + first + " to " + tail.sequence())
        + ": the log from position " + Formats.position(tail.position())
        + " on was discarded; backup " + tail.discardedBy() + " continues without it"));
  }

  private static void addFork(List<String> lines, Manifest backup) {
    backup
        .forkedFrom()
        .ifPresent(forkedFrom -> lines.add("backup " + backup.sequence()
            + ": new lineage, forked from backup " + forkedFrom.sequence() + " at position "
            + Formats.position(forkedFrom.position())));
  }
}
