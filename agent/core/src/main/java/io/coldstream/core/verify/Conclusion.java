package io.coldstream.core.verify;

import io.coldstream.core.verify.history.CheckedBackups;
import io.coldstream.core.verify.history.Counts;
import io.coldstream.core.verify.history.Coverage;
import io.coldstream.core.verify.history.Depth;
import io.coldstream.core.verify.history.Findings;
import io.coldstream.core.verify.history.ReadRange;
import io.coldstream.core.verify.history.StoredFinding;
import io.coldstream.core.verify.history.Verification;
import io.coldstream.store.ObjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run adds to what is known.
 *
 * @param run the run
 * @param counts how much it checked
 * @param findings what it found
 * @param range of which names it read every object
 * @param turn how it moves the cursor; empty when it does not
 * @param sees whether it would have found an earlier fault again
 * @param inventory what the backups need
 */
record Conclusion(
    Verification.Run run,
    Counts counts,
    Findings findings,
    Optional<ReadRange> range,
    Optional<Turn> turn,
    Predicate<StoredFinding> sees,
    Inventory inventory) {

  /**
   * A move of the cursor.
   *
   * @param from where it was
   * @param to where it is next
   */
  record Turn(Optional<ObjectName> from, Stretch to) {}

  /** The next result. */
  Verification after(Optional<Verification> before, long number, String repository) {
    Findings earlier = before.map(Verification::findings).orElse(Findings.NONE);
    boolean seesAll =
        run.depth() == Depth.DATA && run.complete() && run.backup().isEmpty();
    Findings known = Findings.of(
        Stream.concat(earlier.listed().stream().filter(sees.negate()), findings.listed().stream())
            .toList(),
        findings.more() + (seesAll ? 0 : earlier.more()));
    Coverage coverage = coverage(before.map(Verification::coverage).orElse(Coverage.NONE));
    List<String> joined = new ArrayList<>(before.map(Verification::joined).orElse(List.of()));
    run.id().ifPresent(joined::add);
    List<CheckedBackups> backups = before.map(Verification::backups).orElse(List.of());
    return new Verification(
        number,
        repository,
        run,
        counts,
        coverage,
        joined,
        run.complete() ? backups(backups, coverage, known) : backups,
        known);
  }

  private List<CheckedBackups> backups(
      List<CheckedBackups> before, Coverage coverage, Findings known) {
    Set<ObjectName> faulty =
        known.listed().stream().map(StoredFinding::object).collect(Collectors.toSet());
    BackupFacts facts = new BackupFacts(before, run.time(), run.depth());
    return run.backup().isPresent()
        ? facts.ofOne(inventory, faulty)
        : facts.ofAll(inventory, coverage, faulty);
  }

  private Coverage coverage(Coverage before) {
    // More faults than a document holds: what was read is not known to be right.
    Coverage read = range.isPresent() && findings.more() == 0 ? before.with(range.get()) : before;
    // If another sample has moved the cursor in the meantime, it stays there.
    return turn.filter(t -> t.from().equals(before.cursor()))
        .map(t -> read.continuedAfter(t.to().through(), t.to().aheadBytes()))
        .orElse(read);
  }

  /**
   * A range of what the backups of an inventory need.
   *
   * @param without backups that could not be read
   */
  static Optional<ReadRange> range(
      Stretch stretch, Verification.Run run, Inventory inventory, List<Long> without) {
    List<Long> backups = inventory.backups();
    if (backups.isEmpty() || run.backup().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(new ReadRange(
        stretch.after(), stretch.through(), run.time(), backups.get(backups.size() - 1), without));
  }
}
