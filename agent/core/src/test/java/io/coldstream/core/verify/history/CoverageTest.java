package io.coldstream.core.verify.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.store.ObjectName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The ranges that were read, compared with a plain array of times. */
class CoverageTest {

  private static ObjectName name(int i) {
    return new ObjectName(String.format(Locale.ROOT, "chunks/%06d", i));
  }

  /** The names from one to another; the lowest and the highest number stand for no bound. */
  private static ReadRange range(int after, int through, int count, long time, long newest) {
    return new ReadRange(
        after < 0 ? Optional.empty() : Optional.of(name(after)),
        through == count - 1 ? Optional.empty() : Optional.of(name(through)),
        Instant.ofEpochSecond(time),
        newest,
        List.of());
  }

  @Test
  void theLaterOfTwoReadingsCounts() {
    int count = 40;
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      long[] times = new long[count];
      Coverage coverage = Coverage.NONE;
      for (int j = 0; j < 12; j++) {
        int after = random.nextInt(count) - 1;
        int through = after + 1 + random.nextInt(count - after - 1);
        long time = 1 + random.nextInt(20);
        coverage = coverage.with(range(after, through, count, time, 1));
        for (int k = after + 1; k <= through; k++) {
          times[k] = Math.max(times[k], time);
        }
      }
      for (int k = 0; k < count; k++) {
        assertThat(coverage.readSince(name(k), 1).map(Instant::getEpochSecond).orElse(0L))
            .isEqualTo(times[k]);
      }
    }
  }

  @Test
  void anObjectOfALaterBackupWasNotRead() {
    Coverage coverage = Coverage.NONE.with(range(-1, 9, 10, 7, 5));

    assertThat(coverage.readSince(name(3), 5)).isPresent();
    assertThat(coverage.readSince(name(3), 6)).isEmpty();
    Coverage without = Coverage.NONE.with(
        new ReadRange(Optional.empty(), Optional.empty(), Instant.EPOCH, 5, List.of(3L)));
    assertThat(without.readSince(name(3), 2)).isPresent();
    assertThat(without.readSince(name(3), 3)).isEmpty();
  }

  @Test
  void ofManyUnreadableBackupsOnlyTheFirstIsKept() {
    List<Long> many = LongStream.rangeClosed(10, 40).boxed().toList();
    Coverage coverage = Coverage.NONE.with(
        new ReadRange(Optional.empty(), Optional.empty(), Instant.EPOCH, 50, many));

    assertThat(coverage.ranges().get(0).without()).isEmpty();
    assertThat(coverage.readSince(name(3), 9)).isPresent();
    assertThat(coverage.readSince(name(3), 10)).isEmpty();
    assertThat(coverage.readSince(name(3), 45)).isEmpty();
  }

  @Test
  void neighboursThatSayTheSameAreOne() {
    Coverage coverage = Coverage.NONE
        .with(range(-1, 3, 10, 7, 5))
        .with(range(3, 6, 10, 7, 5))
        .with(range(6, 9, 10, 7, 5));

    assertThat(coverage.ranges()).containsExactly(range(-1, 9, 10, 7, 5));
  }

  @Test
  void tooManyRangesAreJoinedByTheOlderTime() {
    int count = 3 * Coverage.MAX_RANGES;
    Coverage coverage = Coverage.NONE;
    for (int i = 0; i < count; i++) {
      coverage = coverage.with(range(i - 1, i, count, 1000 + i, 1));
    }

    assertThat(coverage.ranges()).hasSize(Coverage.MAX_RANGES);
    for (int i = 0; i < count; i++) {
      assertThat(coverage.readSince(name(i), 1).orElseThrow().getEpochSecond())
          .isLessThanOrEqualTo(1000 + i);
    }
  }

  @Test
  void rangesThatOverlapAreRefused() {
    assertThatThrownBy(() -> new Coverage(
            Optional.empty(), 0, List.of(range(0, 5, 10, 1, 1), range(4, 6, 10, 1, 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
