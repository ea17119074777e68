package io.coldstream.core.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coldstream.core.backup.HookedStore;
import io.coldstream.store.testkit.Crash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A backup and a prune at the same time, with every order of their calls in which the turn changes two
 * or three times, and random orders. The backup finds on the store what only older backups needed (an
 * index) and what an interrupted run had sent (chunks, segments, a page), in every stage of their
 * removal. Afterwards every backup is complete, and stays so while prunes carry on.
 *
 * <p>All orders in all stages take minutes: {@code -Dinterleavings.all=true}. Otherwise each stage
 * has a share of the orders.
 */
class InterleavingTest {

  private static final boolean ALL = Boolean.getBoolean("interleavings.all");
  private static final int RANDOM_ORDERS = ALL ? 300 : 10;
  private static final int SHARES = 24;
  private static final int MOST_TURNS = 12;

  /** Shorter than the grace, also when it passes at each of three changes. */
  private static final Duration AT_SWITCH = Duration.ofDays(2);

  @TempDir
  static Path days;

  private static final Map<Stage, PruneBed.State> STATES = new EnumMap<>(Stage.class);

  /** How far the removal of what the backup finds has come. */
  enum Stage {
    NOT_CONDEMNED,
    CONDEMNED_NOW,
    CONDEMNED_LATELY,
    RIPE,
    CARRIED_OUT,
    FORGETTABLE
  }

  @BeforeAll
  static void prepare() throws Exception {
    PruneBed.write(days);
    PruneBed bed = new PruneBed(days, 1);
    bed.backUp(1);
    bed.clock.pass(Duration.ofHours(2));
    bed.backUp(2);
    bed.clock.pass(Duration.ofHours(2));
    bed.backUp(2, bed.store, true);
    Throwable crash =
        catchThrowable(() -> bed.backUp(3, HookedStore.dying(bed.store, "put manifests/"), false));
    assertThat(crash).isInstanceOf(Crash.class);
    bed.clock.pass(PruneBed.MORE_THAN_GRACE);
    for (Stage stage : Stage.values()) {
      switch (stage) {
        case NOT_CONDEMNED -> {}
        case CONDEMNED_NOW, CARRIED_OUT -> bed.prune(PruneBed.LAST);
        case CONDEMNED_LATELY -> bed.clock.pass(Duration.ofDays(4));
        case RIPE -> bed.clock.pass(Duration.ofDays(4));
        case FORGETTABLE -> bed.clock.pass(PruneBed.MORE_THAN_GRACE);
      }
      STATES.put(stage, bed.state());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyOrderWithTwoOrThreeChangesLeavesCompleteBackups(Stage stage) throws Exception {
    int[] calls = run(stage, List.of());
    assertThat(calls[0]).isBetween(15, 40);
    assertThat(calls[1]).isBetween(10, 40);
    for (int backup = 0; backup <= calls[0]; backup++) {
      for (int prune = 1; prune <= calls[1]; prune++) {
        if (ALL || (7 * backup + prune) % SHARES == stage.ordinal()) {
          run(stage, List.of(backup, prune));
          run(stage, List.of(0, prune, backup));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void randomOrdersLeaveCompleteBackups(Stage stage) throws Exception {
    Random random = new Random(stage.ordinal());
    for (int i = 0; i < RANDOM_ORDERS; i++) {
      List<Integer> turns = new ArrayList<>();
      int count = 4 + random.nextInt(MOST_TURNS - 3);
      for (int turn = 0; turn < count; turn++) {
        turns.add(1 + random.nextInt(8));
      }
      run(stage, turns);
    }
  }

  private static int[] run(Stage stage, List<Integer> turns) throws Exception {
    PruneBed bed = PruneBed.of(days, STATES.get(stage), 1000 + turns.hashCode());
    Duration step = turns.size() <= 3 ? AT_SWITCH : Duration.ofHours(12);
    int[] calls;
    try {
      calls = new Turns(turns, () -> bed.clock.pass(step))
          .run(
              bed.store,
              store -> bed.backUp(3, store, false),
              store -> bed.prune(PruneBed.LAST, store));
      bed.verify();
      bed.clock.pass(PruneBed.MORE_THAN_GRACE);
      bed.prune(PruneBed.LAST);
      bed.verify();
      assertThat(bed.backups()).containsExactly(4L);
      bed.clock.pass(PruneBed.MORE_THAN_GRACE);
      bed.prune(PruneBed.LAST);
      bed.backUp(4);
      bed.verify();
    } catch (Exception | AssertionError e) {
      throw new AssertionError(stage + " with turns " + turns + ": " + e.getMessage(), e);
    }
    return calls;
  }
}
