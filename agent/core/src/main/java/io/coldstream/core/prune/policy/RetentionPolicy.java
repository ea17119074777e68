package io.coldstream.core.prune.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of a retention, with restic's meaning. A backup is kept if one rule keeps it. Two backups
 * are kept beyond restic's rules: the newest one by its number, and the one that was current when the
 * window of {@code within} began, without which the beginning of the window could not be restored.
 *
 * @param counts of how many intervals the newest backup is kept; {@link #UNLIMITED} for all
 * @param within keeps every backup that is at most so much older than the newest one
 * @param labels keeps every backup with one of these labels
 * @param atLeast how many backups are kept at least, the newest ones
 */
public record RetentionPolicy(
    Map<Interval, Integer> counts,
    Optional<RetentionWindow> within,
    Set<String> labels,
    int atLeast) {

  /** The count of a rule that keeps the newest backup of every interval. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** The order in which rules look at backups. */
  private static final Comparator<DatedBackup> NEWEST_FIRST = Comparator.comparing(
          DatedBackup::time)
      .thenComparing(DatedBackup::sequence)
      .reversed();

  /**
   * Checks and copies the rules.
   *
   * @throws IllegalArgumentException when a count is below 1
   */
  public RetentionPolicy {
    counts = Map.copyOf(counts);
    labels = Set.copyOf(labels);
    if (atLeast < 1 || counts.values().stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException("a count below 1: " + counts + ", " + atLeast);
    }
  }

  /** {@return whether there is no rule, so that it does not say what to keep} */
  public boolean isEmpty() {
    return counts.isEmpty() && within.isEmpty() && labels.isEmpty();
  }

  /**
   * Applies the rules.
   *
   * @param backups all backups, in any order
   * @param now a time that no backup can be later than; durations do not count from one that says so
   * @return a decision for each, by ascending numbers
   */
  public List<Decision> apply(List<DatedBackup> backups, Instant now) {
    List<DatedBackup> ordered = new ArrayList<>(backups);
    ordered.sort(NEWEST_FIRST);
    Map<Long, Decision> decisions = new HashMap<>();
    ordered.forEach(backup -> decisions.put(backup.sequence(), new Decision(backup, List.of())));
    keepIntervals(ordered, decisions);
    keepWindow(ordered, decisions, now);
    for (DatedBackup backup : ordered) {
      backup
          .label()
          .filter(labels::contains)
          .ifPresent(label -> keep(decisions, backup, "label " + label));
    }
    keepNewest(ordered, decisions);
    return decisions.values().stream()
        .sorted(Comparator.comparing(decision -> decision.backup().sequence()))
        .toList();
  }

  private void keepIntervals(List<DatedBackup> ordered, Map<Long, Decision> decisions) {
    Map<Interval, Integer> left = new EnumMap<>(Interval.class);
    left.putAll(counts);
    Map<Interval, Long> last = new EnumMap<>(Interval.class);
    for (int rank = 0; rank < ordered.size(); rank++) {
      DatedBackup backup = ordered.get(rank);
      for (Map.Entry<Interval, Integer> rule : left.entrySet()) {
        long interval = rule.getKey().of(backup.time(), rank);
        boolean isNew = !Long.valueOf(interval).equals(last.get(rule.getKey()));
        // The oldest one is kept while the rule is not full, so that the history reaches as far
        // back.
        boolean isOldest = rank == ordered.size() - 1;
        if (rule.getValue() > 0 && (isNew || isOldest)) {
          last.put(rule.getKey(), interval);
          if (rule.getValue() != UNLIMITED) {
            rule.setValue(rule.getValue() - 1);
          }
          keep(decisions, backup, (isNew ? "" : "oldest ") + rule.getKey().word());
        }
      }
    }
  }

  private void keepWindow(List<DatedBackup> ordered, Map<Long, Decision> decisions, Instant now) {
    if (within.isEmpty()) {
      return;
    }
    Optional<Instant> begin = ordered.stream()
        .map(DatedBackup::time)
        .filter(time -> !time.isAfter(now))
        .findFirst()
        .map(newest -> within.get().before(newest));
    for (DatedBackup backup : ordered) {
      if (begin.isPresent() && !backup.time().isAfter(begin.get())) {
        keep(decisions, backup, "before the window of " + within.get());
        return;
      }
      keep(decisions, backup, "within " + within.get());
    }
  }

  /** The newest one by its number, since the next backup continues it; then others by their times. */
  private void keepNewest(List<DatedBackup> ordered, Map<Long, Decision> decisions) {
    ordered.stream()
        .max(Comparator.comparing(DatedBackup::sequence))
        .ifPresent(newest -> keep(decisions, newest, "newest"));
    long kept = decisions.values().stream().filter(Decision::isKept).count();
    for (DatedBackup backup : ordered) {
      if (kept < atLeast && !decisions.get(backup.sequence()).isKept()) {
        keep(decisions, backup, "at least " + atLeast);
        kept++;
      }
    }
  }

  private static void keep(Map<Long, Decision> decisions, DatedBackup backup, String reason) {
    decisions.computeIfPresent(backup.sequence(), (number, decision) -> decision.because(reason));
  }
}
