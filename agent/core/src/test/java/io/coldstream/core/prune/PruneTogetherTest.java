package io.coldstream.core.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.prune.marks.KeepRun;
import io.coldstream.core.support.failure.RunException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prune with another one, and with a mark that is set meanwhile, in every order of two changes. */
class PruneTogetherTest {

  @TempDir
  static Path days;

  private PruneBed bed;

  @BeforeAll
  static void write() throws Exception {
    PruneBed.write(days);
  }

  @BeforeEach
  void backUp() throws Exception {
    bed = new PruneBed(days, 7);
    for (int day = 1; day <= 3; day++) {
      bed.backUp(day);
      bed.clock.pass(Duration.ofDays(1));
    }
    bed.clock.pass(PruneBed.GRACE);
  }

  @Test
  void twoPrunesAtOnceLeaveCompleteBackups() throws Exception {
    bed.prune(PruneBed.last(2));
    bed.clock.pass(PruneBed.GRACE);
    PruneBed.State state = bed.state();
    int[] calls = prunes(state, List.of());
    for (int first = 1; first <= calls[0]; first++) {
      for (int second = 1; second <= calls[1]; second++) {
        prunes(state, List.of(first, second));
      }
    }
  }

  private static int[] prunes(PruneBed.State state, List<Integer> turns) throws Exception {
    PruneBed both = PruneBed.of(days, state, 900);
    int[] calls = new Turns(turns, () -> both.clock.pass(Duration.ofDays(1)))
        .run(
            both.store,
            store -> both.prune(PruneBed.LAST, store),
            store -> both.prune(PruneBed.last(2), store));
    both.verify();
    assertThat(both.backups()).as("%s", turns).contains(3L).doesNotContain(1L);
    return calls;
  }

  @Test
  void aMarkThatIsSetMeanwhileKeepsOrSaysThatItIsTooLate() throws Exception {
    PruneBed.State state = bed.state();
    int kept = 0;
    int late = 0;
    for (int prune = 0; prune < 20; prune++) {
      for (int mark = 1; mark < 9; mark++) {
        PruneBed both = PruneBed.of(days, state, 700);
        Throwable[] failure = new Throwable[1];
        new Turns(List.of(prune, mark), () -> {})
            .run(both.store, store -> both.prune(PruneBed.LAST, store), store -> {
              try {
                new KeepRun(PruneBed.open(store), "host", both.clock)
                    .set(1, true, Optional.empty());
              } catch (RunException e) {
                failure[0] = e;
              }
            });
        if (failure[0] == null) {
          assertThat(both.backups()).as("%d %d", prune, mark).contains(1L);
          kept++;
        } else {
          late++;
        }
      }
    }
    assertThat(kept).isPositive();
    assertThat(late).isPositive();
  }
}
