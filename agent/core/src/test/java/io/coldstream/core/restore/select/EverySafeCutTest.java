package io.coldstream.core.restore.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.inspect.LedgerEvents;
import io.coldstream.core.inspect.LedgerEvents.Written;
import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.SmallDatabase;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.restore.select.RestorePoint.BeforeEvent;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.eventstore.testing.ExpectedState;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.Oracle;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A restore at each safe cut of a real log leaves exactly the bytes of the log below it, and their
 * events are a prefix of what the writer noted.
 */
class EverySafeCutTest {

  private static final Path TARGET = Path.of("/data/db");

  /** Of so many restores one is judged in every other respect too, which takes longer. */
  private static final int CHECKED = 10;

  @TempDir
  Path folder;

  private final Map<Long, CutLog> logs = new HashMap<>();
  private List<Written> ledger;
  private TestRepository repository;

  static Stream<String> fixtures() {
    return Fixtures.VERSIONS.stream().flatMap(v -> Stream.of("orders-" + v, "series-" + v));
  }

  private void backUp(Fixture fixture) throws Exception {
    ledger = LedgerEvents.written(fixture);
    repository = new TestRepository();
    for (Map.Entry<String, ExpectedState> state : fixture.expected().entrySet()) {
      Path database = fixture.database(state.getKey());
      repository.backUp(database);
      logs.put(repository.newest(), CutLog.read(repository.open(), repository.newest(), database));
    }
  }

  private RestoreReport restore(CrashingDisk disk, RestorePoint point) throws Exception {
    return RestoreBench.restore(
        disk, repository.open(), RestoreRequest.to(TARGET).at(point));
  }

  private static DatabaseSet read(CrashingDisk disk) throws Exception {
    return SmallDatabase.read(disk, TARGET, TARGET.resolve("index"));
  }

  /** What is there is the log up to a position, and that is a prefix of the ledger. */
  private List<Written> requirePrefix(DatabaseSet there, RestoreReport report) {
    CutLog log = logs.get(report.plan().backup().sequence());
    log.requireRestored(there, report.plan().position());
    List<Written> kept = log.eventsBelow(report.plan().position());
    List<Written> prefix = kept.isEmpty()
        ? List.of()
        : ledger.subList(0, ledger.indexOf(kept.get(kept.size() - 1)) + 1);
    // What a scavenge has dropped is in no part of its log.
    assertThat(kept).isEqualTo(prefix.stream().filter(log::holds).toList());
    return kept;
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void aRestoreKeepsAPrefixOfWhatWasWritten(String name) throws Exception {
    Fixture fixture = Fixture.unpack(name, folder);
    backUp(fixture);
    SortedSet<Long> cuts = new TreeSet<>();
    long sequence = 0;
    long end = 0;
    for (ExpectedState state : fixture.expected().values()) {
      CutLog log = logs.get(++sequence);
      List<Long> known = log.safeCuts();
      ExpectedState.SafeCuts expected = state.safeCuts().orElseThrow();
      assertThat(known).hasSize(expected.count());
      assertThat(known).startsWith(expected.first().toArray(Long[]::new));
      assertThat(known).endsWith(expected.last().toArray(Long[]::new));
      long before = end;
      Stream.concat(known.stream(), log.chunkStarts().stream())
          .filter(cut -> cut > before)
          .forEach(cuts::add);
      end = state.writer();
    }
    if (name.startsWith("series")) {
      // The first day is the database of the orders, whose cuts are restored there.
      Path orders = Fixture.unpack(name.replace("series", "orders"), folder).database();
      assertThat(DatabaseSet.read(fixture.database("day1")).root())
          .containsExactlyEntriesOf(DatabaseSet.read(orders).root());
      cuts = cuts.tailSet(fixture.expected("day1").writer());
    }
    assertThat(cuts).hasSizeGreaterThan(75);
    long kept = 0;
    int restored = 0;
    for (long cut : cuts) {
      CrashingDisk disk = new CrashingDisk();

      RestoreReport report = restore(disk, new RestorePoint.AtPosition(cut));

      // Behind a chunk's last record begins the next chunk.
      assertThat(report.plan().position())
          .isEqualTo(logs.get(report.plan().backup().sequence()).cutAt(cut));
      DatabaseSet there = read(disk);
      if (restored++ % CHECKED == 0) {
        assertThat(Oracle.structural().arranged().check(there)).isEmpty();
      }
      kept = requirePrefix(there, report).size();
    }
    assertThat(kept).isEqualTo(ledger.stream().filter(logs.get(sequence)::holds).count());
  }

  @Test
  void beforeEachEventOnlyItsOwnWriteIsLeftOut() throws Exception {
    backUp(Fixture.unpack("orders-" + Fixtures.NEWEST, folder));
    CutLog log = logs.get(1L);
    Map<Long, List<Written>> restored = new HashMap<>();
    for (Written event : ledger) {
      BeforeEvent point = new BeforeEvent(event.stream(), event.number(), OptionalLong.empty());
      long position = new PointChoice(repository.open(), false)
          .choose(point, OptionalLong.empty())
          .position();
      if (!restored.containsKey(position)) {
        CrashingDisk disk = new CrashingDisk();
        RestoreReport report = restore(disk, point);
        assertThat(report.plan().position()).isEqualTo(position);
        restored.put(position, requirePrefix(read(disk), report));
      }
      List<Written> kept = restored.get(position);
      assertThat(kept).doesNotContain(event);
      // What is left out before the event belongs to its write.
      assertThat(kept).isEqualTo(log.eventsBelow(log.writeOf(event)));
    }
    assertThat(restored).hasSizeGreaterThan(100);
  }
}
