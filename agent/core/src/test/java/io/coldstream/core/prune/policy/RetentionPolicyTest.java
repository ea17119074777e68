package io.coldstream.core.prune.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionPolicyTest {

  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private static DatedBackup backup(long number, String date) {
    return backup(number, date, null);
  }

  private static DatedBackup backup(long number, String date, String label) {
    return new DatedBackup(number, Instant.parse(date + "T10:00:00Z"), Optional.ofNullable(label));
  }

  private static RetentionPolicy within(String window) {
    return new RetentionPolicy(Map.of(), RetentionWindow.parse(window), Set.of(), 1);
  }

  private static List<String> reasons(RetentionPolicy policy, DatedBackup... backups) {
    return policy.apply(List.of(backups), NOW).stream()
        .map(decision -> decision.backup().sequence() + " " + decision.reasons())
        .toList();
  }

  @Test
  void aWindowKeepsTheBackupBeforeItToo() {
    assertThat(reasons(
            within("30d"),
            backup(1, "2026-01-01"),
            backup(2, "2026-03-20"),
            backup(3, "2026-04-10"),
            backup(4, "2026-05-01")))
        .containsExactly(
            "1 []", "2 [before the window of 30d]", "3 [within 30d]", "4 [within 30d, newest]");
  }

  @Test
  void backupsThatStoppedDoNotAgeAway() {
    assertThat(reasons(within("7d"), backup(1, "2019-01-01"), backup(2, "2019-01-03")))
        .containsExactly("1 [within 7d]", "2 [within 7d, newest]");
  }

  @Test
  void aWindowDoesNotCountFromABackupWhoseClockWasAhead() {
    assertThat(reasons(
            within("7d"),
            backup(1, "2026-05-01"),
            backup(2, "2026-05-02"),
            backup(3, "2031-01-01")))
        .containsExactly("1 [within 7d]", "2 [within 7d]", "3 [within 7d, newest]");
  }

  @Test
  void theNewestBackupByItsNumberIsKeptAlsoWhereItsClockWasBehind() {
    assertThat(reasons(
            new RetentionPolicy(Map.of(Interval.LAST, 1), Optional.empty(), Set.of(), 1),
            backup(1, "2026-05-01"),
            backup(2, "2026-05-02"),
            backup(3, "2001-01-01")))
        .containsExactly("1 []", "2 [last]", "3 [newest]");
  }

  @Test
  void aLabelThatNoBackupHasStillLeavesTheNewestOnes() {
    RetentionPolicy policy = new RetentionPolicy(Map.of(), Optional.empty(), Set.of("none"), 2);
    assertThat(reasons(
            policy, backup(1, "2026-01-01"), backup(2, "2026-01-02"), backup(3, "2026-01-03")))
        .containsExactly("1 []", "2 [at least 2]", "3 [newest]");
  }

  @Test
  void aLabelIsComparedAsItIs() {
    String odd = "a, b*\"ü😀' [x]";
    RetentionPolicy policy = new RetentionPolicy(Map.of(), Optional.empty(), Set.of(odd), 1);
    assertThat(reasons(
            policy,
            backup(1, "2026-01-01", odd),
            backup(2, "2026-01-02", odd + " "),
            backup(3, "2026-01-03", "a"),
            backup(4, "2026-01-04")))
        .containsExactly("1 [label " + odd + "]", "2 []", "3 []", "4 [newest]");
  }

  @Test
  void weeksAreThoseOfIso8601() {
    RetentionPolicy policy =
        new RetentionPolicy(Map.of(Interval.WEEKLY, 2), Optional.empty(), Set.of(), 1);
    // The 29th of December 2025 is a Monday of week 1 of 2026.
    assertThat(reasons(
            policy,
            backup(1, "2025-12-27"),
            backup(2, "2025-12-28"),
            backup(3, "2025-12-29"),
            backup(4, "2026-01-02")))
        .containsExactly("1 []", "2 [weekly]", "3 []", "4 [weekly, newest]");
  }

  @Test
  void nothingIsDecidedWithoutBackups() {
    assertThat(within("1h").apply(List.of(), NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void aCountBelowOneIsNoRule(int count) {
    assertThatThrownBy(
            () -> new RetentionPolicy(Map.of(Interval.LAST, count), Optional.empty(), Set.of(), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetentionPolicy(Map.of(), Optional.empty(), Set.of(), count))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "30d, 2026-03-01T10:00:00Z",
    "1m, 2026-03-03T10:00:00Z",
    "2y5m7d3h, 2023-10-24T07:00:00Z",
    "3h7d5m2y, 2023-10-24T07:00:00Z",
    "36h, 2026-03-29T22:00:00Z"
  })
  void aWindowCountsByTheCalendar(String text, Instant begin) {
    assertThat(
            RetentionWindow.parse(text).orElseThrow().before(Instant.parse("2026-03-31T10:00:00Z")))
        .isEqualTo(begin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "30", "d", "30 d", "-3d", "30D", "5s", "0d", "1d2d", "1.5d", "999999d"})
  void aWrongWindowIsNone(String text) {
    assertThat(RetentionWindow.parse(text)).isEmpty();
  }
}
