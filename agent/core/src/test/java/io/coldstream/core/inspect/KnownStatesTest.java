package io.coldstream.core.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.inspect.BackupDifference.Kind;
import io.coldstream.core.repository.Amount;
import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.eventstore.testing.ExpectedState;
import io.coldstream.eventstore.testing.ExpectedState.Chunk;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sizes and differences are those that an independent checker noted of each state of a database. */
class KnownStatesTest {

  @TempDir
  Path folder;

  /** Of a cluster's nodes only one continues the other's backups. */
  static Stream<String> databases() {
    return Fixtures.names().stream().filter(name -> !name.startsWith("cluster"));
  }

  static Stream<String> series() {
    return Fixtures.VERSIONS.stream().map(version -> "series-" + version);
  }

  /** The files of the cover, in the order of the log. */
  private static List<Chunk> cover(ExpectedState state) {
    List<Chunk> cover = new ArrayList<>();
    for (String name : state.cover()) {
      state.chunks().stream().filter(c -> c.file().equals(name)).forEach(cover::add);
    }
    return cover;
  }

  @ParameterizedTest
  @MethodSource("databases")
  void statsAddUpTheKnownFiles(String name) throws Exception {
    Fixture fixture = Fixture.unpack(name, folder);
    TestRepository repository = new TestRepository();
    Map<String, Long> completed = new HashMap<>();
    for (Map.Entry<String, ExpectedState> state : fixture.expected().entrySet()) {
      repository.backUp(fixture.database(state.getKey()));
      for (Chunk chunk : cover(state.getValue())) {
        chunk.footer().ifPresent(f -> completed.put(chunk.file() + f.md5(), chunk.length()));
      }
    }

    UsageReport report = new UsageRun(repository.open()).run();

    Amount chunks = report.all().getOrDefault(ObjectKind.CHUNKS, Amount.NONE);
    assertThat(chunks.objects()).isEqualTo(completed.size());
    assertThat(chunks.bytes())
        .isEqualTo(completed.values().stream().mapToLong(Long::longValue).sum());
    assertThat(report.total().objects()).isEqualTo(repository.store().contents().size());
    assertThat(report.total().bytes())
        .isEqualTo(repository.store().contents().values().stream()
            .mapToLong(bytes -> bytes.length)
            .sum());
    assertThat(report.totalUnnamed()).isEqualTo(Amount.NONE);
    assertThat(report.backups()).hasSize(fixture.expected().size());
  }

  @ParameterizedTest
  @MethodSource("series")
  void differencesAreThoseOfTheKnownStates(String name) throws Exception {
    Fixture fixture = Fixture.unpack(name, folder);
    TestRepository repository = new TestRepository();
    List<ExpectedState> states = new ArrayList<>();
    for (Map.Entry<String, ExpectedState> state : fixture.expected().entrySet()) {
      repository.backUp(fixture.database(state.getKey()));
      states.add(state.getValue());
    }
    for (int one = 0; one < states.size(); one++) {
      for (int other = 0; other < states.size(); other++) {
        BackupDifference difference = BackupDifference.of(
            BackupFiles.read(repository.open(), one + 1),
            BackupFiles.read(repository.open(), other + 1));
        requireEqual(difference, states.get(one), states.get(other));
      }
    }
  }

  private static void requireEqual(
      BackupDifference difference, ExpectedState older, ExpectedState newer) {
    Map<String, Kind> changes = new TreeMap<>();
    difference.chunks().forEach(change -> changes.put(change.file().name(), change.kind()));
    assertThat(changes).isEqualTo(changes(older, newer));
    assertThat(difference.tablesAdded()).containsExactlyInAnyOrderElementsOf(without(newer, older));
    assertThat(difference.tablesRemoved())
        .containsExactlyInAnyOrderElementsOf(without(older, newer));
    assertThat(difference.fork()).isEmpty();
    assertThat(writer(difference.newer()) - writer(difference.older()))
        .isEqualTo(newer.writer() - older.writer());
    // The epochs of scavenged chunks are not among the known ones.
    assertThat(difference.epochsAdded())
        .extracting(epoch -> epoch.position())
        .containsAll(newer.epochs().stream()
            .filter(position -> position >= older.writer())
            .toList());
    assertThat(difference.epochsAdded())
        .allMatch(epoch -> epoch.position() >= older.writer() && newer.writer() > older.writer());
  }

  private static long writer(BackupFiles files) {
    return files.manifest().log().positions().writer();
  }

  private static TreeSet<String> without(ExpectedState state, ExpectedState other) {
    TreeSet<String> tables = tables(state);
    tables.removeAll(tables(other));
    return tables;
  }

  private static TreeSet<String> tables(ExpectedState state) {
    return new TreeSet<>(state.indexMap().map(ExpectedState.IndexMap::tables).orElse(List.of()));
  }

  /** By the names, ids and digests of the files. */
  private static Map<String, Kind> changes(ExpectedState older, ExpectedState newer) {
    Map<String, Kind> changes = new TreeMap<>();
    TreeSet<Integer> met = new TreeSet<>();
    for (Chunk chunk : cover(newer)) {
      Optional<Chunk> before = cover(older).stream()
          .filter(c -> c.start() <= chunk.end() && c.end() >= chunk.start())
          .findFirst();
      cover(older).stream()
          .filter(c -> c.start() <= chunk.end() && c.end() >= chunk.start())
          .forEach(c -> met.add(c.start()));
      if (before.isEmpty()) {
        changes.put(chunk.file(), Kind.ADDED);
      } else if (!before.get().id().equals(chunk.id()) || isOfEarlierState(chunk, before.get())) {
        changes.put(chunk.file(), Kind.REPLACED);
      } else if (before.get().footer().isEmpty() && chunk.footer().isPresent()) {
        changes.put(chunk.file(), Kind.COMPLETED);
      } else if (chunk.footer().isEmpty() && older.writer() != newer.writer()) {
        changes.put(chunk.file(), Kind.GROWN);
      }
    }
    cover(older).stream()
        .filter(c -> !met.contains(c.start()))
        .forEach(c -> changes.put(c.file(), Kind.REMOVED));
    return changes;
  }

  /** A completed chunk is not active again in the same history. */
  private static boolean isOfEarlierState(Chunk chunk, Chunk before) {
    return before.footer().isPresent() && chunk.footer().isEmpty();
  }
}
