package io.coldstream.core.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.Layout;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A year of monthly backups, of which some are kept. Every day everything that no kept backup needs is
 * removed as far as locks allow it.
 */
class LockYearTest {

  private static final int DAYS = 365;
  private static final int DAYS_BETWEEN = 30;
  private static final int KEPT = 4;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration PERIOD = Duration.ofDays(90);
  private static final Duration MARGIN = Duration.ofDays(40);

  @TempDir
  Path temp;

  private final Map<Long, List<ObjectName>> needs = new HashMap<>();
  private LockBed bed;

  @Test
  void noLockOfAKeptBackupEndsAndEveryOtherDoes() throws Exception {
    bed = new LockBed(temp, PERIOD, MARGIN);
    long objects = 0;
    long refused = 0;
    for (int day = 0; day < DAYS; day++) {
      if (day % DAYS_BETWEEN == 0) {
        assertThat(bed.backUp(bed.grown()).refusals()).isEmpty();
        objects += needs(bed.open().newest()).size();
      }
      refused += removeUnneeded();
      requireKeptAreLocked(day);
      bed.clock.advance(DAY);
    }
    assertThat(bed.warnings()).isEmpty();
    assertThat(refused).as("what was still locked").isPositive();
    assertThat((long) bed.extensions())
        .as("at most one for each object of a backup and lock period, beside the margin")
        .isPositive()
        .isLessThanOrEqualTo(
            objects * KEPT * DAYS_BETWEEN / PERIOD.minus(MARGIN).toDays() + objects);
    // Without another run all locks end, and nothing is left that is not needed.
    bed.clock.advance(PERIOD);
    assertThat(removeUnneeded()).isZero();
    assertThat(bed.memory.names().stream().filter(Layout::isOfBackups))
        .containsExactlyInAnyOrderElementsOf(neededByKept());
  }

  private void requireKeptAreLocked(int day) throws Exception {
    for (ObjectName name : neededByKept()) {
      assertThat(bed.lockedUntil(name).orElseThrow())
          .as("%s on day %d", name, day)
          .isAfter(bed.clock.instant());
    }
    StoredLocks noted = StoredLocks.of(bed.open());
    for (long sequence : bed.open().sequences(0)) {
      for (ObjectName name : needs(sequence)) {
        assertThat(noted.end(sequence).orElseThrow())
            .as("what is noted of backup %d on day %d", sequence, day)
            .isBeforeOrEqualTo(bed.lockedUntil(name).orElseThrow());
      }
    }
  }

  private List<ObjectName> needs(long sequence) throws Exception {
    if (!needs.containsKey(sequence)) {
      needs.put(sequence, bed.needs(sequence));
    }
    return needs.get(sequence);
  }

  private Set<ObjectName> neededByKept() throws Exception {
    List<Long> all = bed.open().sequences(0);
    Set<ObjectName> needed = new HashSet<>();
    for (long sequence : all.subList(Math.max(0, all.size() - KEPT), all.size())) {
      needed.addAll(needs(sequence));
    }
    return needed;
  }

  /** Removes what no kept backup needs; returns how much was still locked. */
  private long removeUnneeded() throws Exception {
    Set<ObjectName> needed = neededByKept();
    long refused = 0;
    for (ObjectName name : bed.memory.names()) {
      if (Layout.isOfBackups(name) && !needed.contains(name)) {
        try {
          bed.memory.delete(List.of(name));
        } catch (StoreException e) {
          assertThat(e.kind()).isEqualTo(StoreException.Kind.LOCKED);
          refused++;
        }
      }
    }
    return refused;
  }
}
