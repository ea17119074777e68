package io.coldstream.core.prune.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.store.testkit.emulator.NeedsEmulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules keep what restic keeps, for 1,000 random histories with each of many policies. Older versions of
 * restic, such as 0.14, do not keep the oldest backup of a rule that is not full: then ours is compared
 * without that, for all histories.
 */
@NeedsEmulator("restic")
class ResticRulesTest {

  private static final int HISTORIES = 1000;
  private static final int POLICIES = 16;
  private static final int MOST_BACKUPS = 30;
  private static final Instant END = Instant.parse("2025-03-31T12:30:00Z");

  @TempDir
  private Path temp;

  private final Random random = new Random(20260101);

  @Test
  void keepWhatResticKeeps() throws Exception {
    ResticRepository restic = ResticRepository.create(temp.resolve("restic"));
    Map<String, List<DatedBackup>> histories = new HashMap<>();
    for (int i = 0; i < HISTORIES; i++) {
      List<DatedBackup> history = history();
      for (DatedBackup backup : history) {
        restic.add("host" + i, backup);
      }
      histories.put("host" + i, history);
    }
    boolean keepsOldest = keepsOldest();
    Set<Integer> sizes = new TreeSet<>();
    for (int i = 0; i < POLICIES; i++) {
      RetentionPolicy policy = policy(i);
      JsonNode groups = restic.forget(arguments(policy));
      assertThat(groups).hasSize(HISTORIES);
      for (JsonNode group : groups) {
        String host = group.get("host").asText();
        Set<Instant> theirs = new TreeSet<>();
        group
            .get("keep")
            .forEach(kept -> theirs.add(Instant.parse(kept.get("time").asText())));
        assertThat(kept(policy, histories.get(host), keepsOldest))
            .as("%s, %s", policy, histories.get(host))
            .isEqualTo(theirs);
        sizes.add(theirs.size());
      }
    }
    assertThat(sizes).hasSizeGreaterThan(MOST_BACKUPS / 2);
  }

  /** Asked by the one history that tells: two backups of one hour, and three hours wanted. */
  private boolean keepsOldest() throws Exception {
    ResticRepository restic = ResticRepository.create(temp.resolve("oldest"));
    restic.add("host", backup(2, END));
    restic.add("host", backup(1, END.minusSeconds(60)));
    return restic.forget(List.of("--keep-hourly", "3")).get(0).get("keep").size() == 2;
  }

  /** What the rules keep that restic has too. */
  private static Set<Instant> kept(
      RetentionPolicy policy, List<DatedBackup> history, boolean withOldest) {
    return policy.apply(history, Instant.now()).stream()
        .filter(decision -> decision.reasons().stream()
            .anyMatch(reason -> !reason.equals("newest")
                && !reason.startsWith("before ")
                && (withOldest || !reason.startsWith("oldest "))))
        .map(decision -> decision.backup().time())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Backups minutes to months apart, mostly regular, of which some are in the future. */
  private List<DatedBackup> history() {
    Duration[] steps = {
      Duration.ofMinutes(7),
      Duration.ofHours(1),
      Duration.ofHours(13),
      Duration.ofDays(1),
      Duration.ofDays(9),
      Duration.ofDays(40)
    };
    Duration step = steps[random.nextInt(steps.length)];
    List<DatedBackup> history = new ArrayList<>();
    Instant time = END.plus(Duration.ofHours(random.nextInt(10_000)).negated());
    int count = 1 + random.nextInt(MOST_BACKUPS);
    if (random.nextInt(10) == 0) {
      history.add(backup(count + 1, Instant.parse("2099-05-05T05:05:05Z")));
    }
    for (int number = count; number > 0; number--) {
      history.add(backup(number, time));
      Duration next = random.nextInt(4) == 0 ? steps[random.nextInt(steps.length)] : step;
      time = time.minus(next).minusSeconds(1 + random.nextInt(600));
    }
    return history;
  }

  private DatedBackup backup(long number, Instant time) {
    return new DatedBackup(number, time, ResticRepository.label(random));
  }

  private RetentionPolicy policy(int index) {
    Map<Interval, Integer> counts = new EnumMap<>(Interval.class);
    if (index < Interval.values().length) {
      counts.put(Interval.values()[index], 3);
    } else {
      for (Interval interval : Interval.values()) {
        if (random.nextInt(3) == 0) {
          counts.put(
              interval, random.nextInt(6) == 0 ? RetentionPolicy.UNLIMITED : 1 + random.nextInt(9));
        }
      }
    }
    Optional<RetentionWindow> within = index > 9 && random.nextBoolean() || counts.isEmpty()
        ? Optional.of(new RetentionWindow(
            random.nextInt(2), random.nextInt(14), random.nextInt(40), 1 + random.nextInt(30)))
        : Optional.empty();
    Set<String> labels = index % 4 == 3 ? Set.of("release") : Set.of();
    return new RetentionPolicy(counts, within, labels, 1);
  }

  private static List<String> arguments(RetentionPolicy policy) {
    List<String> arguments = new ArrayList<>();
    policy
        .counts()
        .forEach((interval, count) -> arguments.addAll(List.of(
            "--keep-" + interval.word(),
            count == RetentionPolicy.UNLIMITED ? "1000000" : count.toString())));
    policy
        .within()
        .ifPresent(window -> arguments.addAll(List.of("--keep-within", window.toString())));
    policy.labels().forEach(label -> arguments.addAll(List.of("--keep-tag", label)));
    return arguments;
  }
}
