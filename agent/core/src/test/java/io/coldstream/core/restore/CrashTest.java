package io.coldstream.core.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.StartGuardValues;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.disk.CrashingDisk.Loss;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskException;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.Oracle;
import io.coldstream.store.StoreException;
import io.coldstream.store.testkit.Crash;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A restore that ends at any moment: nothing without the mark is ever less than a whole database, and
 * the next run finishes.
 */
class CrashTest {

  private static final Path DATABASE = Path.of("/data/db");
  private static final Path INDEX = DATABASE.resolve("index");
  private static final RestoreRequest DIRECT = RestoreRequest.to(DATABASE);
  private static final RestoreRequest TRUNCATE = DIRECT.truncating(1 << 20);

  @TempDir
  static Path folder;

  private static TestRepository repository;
  private static DatabaseSet direct;
  private static DatabaseSet truncate;

  @BeforeAll
  static void backUp() throws Exception {
    DatabaseSet database = SmallDatabase.make();
    assertThat(database.root().keySet().stream()
            .filter(n -> n.startsWith("chunk-"))
            .count())
        .isGreaterThan(3);
    assertThat(database.index()).containsKey("indexmap");
    database.writeTo(folder.resolve("db"));
    repository = TestRepository.of(folder.resolve("db"));
    direct = restored(DIRECT);
    truncate = restored(TRUNCATE);
    assertThat(Oracle.structural().arranged().check(direct)).isEmpty();
    assertThat(direct.index()).isNotEmpty();
    assertThat(truncate.checkpoint("truncate")).isNotEqualTo(OptionalLong.of(-1));
  }

  private static DatabaseSet restored(RestoreRequest options) throws Exception {
    CrashingDisk disk = new CrashingDisk();
    RestoreBench.restore(disk, repository.open(), options);
    return SmallDatabase.read(disk, DATABASE, INDEX);
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void endsAtAnyOperationOfTheDisk(Loss loss) throws Exception {
    for (int n = 1; ; n++) {
      CrashingDisk disk = new CrashingDisk().crashAt(n);
      runUntilCrash(disk, DIRECT);
      assertSafeThenFinish(disk.afterCrash(loss), DIRECT, direct);
      if (!disk.happened()) {
        assertThat(n).isGreaterThan(100);
        break;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void endsAtAnyOperationOfTheDiskWhenTruncating(Loss loss) throws Exception {
    for (int n = 1; ; n++) {
      CrashingDisk disk = new CrashingDisk().crashAt(n);
      runUntilCrash(disk, TRUNCATE);
      assertSafeThenFinish(disk.afterCrash(loss), TRUNCATE, truncate);
      if (!disk.happened()) {
        break;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void endsTwiceAtAnyOperation(Loss loss) throws Exception {
    for (int n = 1; ; n++) {
      CrashingDisk first = new CrashingDisk().crashAt(5 * n);
      runUntilCrash(first, DIRECT);
      CrashingDisk second = first.afterCrash(loss).crashAt(7 * n % 150 + 1);
      runUntilCrash(second, DIRECT);
      assertSafeThenFinish(second.afterCrash(loss), DIRECT, direct);
      if (!first.happened()) {
        break;
      }
    }
  }

  @Test
  void endsAtAnyCallOfTheStore() throws Exception {
    for (Fault.Moment moment : Fault.Moment.values()) {
      for (int n = 1; ; n++) {
        Fault fault = Fault.atCall(n).crash();
        FaultyStore store = new FaultyStore(
            repository.store(),
            switch (moment) {
              case BEFORE -> fault;
              case AFTER -> fault.after();
              case HALFWAY -> fault.halfway();
            });
        CrashingDisk disk = new CrashingDisk();
        try {
          RestoreBench.restore(disk, TestRepository.open(store), DIRECT);
        } catch (Crash expected) {
          assertThat(store.happened()).isTrue();
        }
        assertSafeThenFinish(disk.afterCrash(Loss.ALL_UNSYNCED), DIRECT, direct);
        if (!store.happened()) {
          assertThat(n).isGreaterThan(10);
          break;
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(StoreException.Kind.class)
  void theStoreIsGoneHalfWay(StoreException.Kind kind) throws Exception {
    for (int n = 2; ; n++) {
      FaultyStore store =
          new FaultyStore(repository.store(), Fault.atCall(n).halfway().as(kind));
      CrashingDisk disk = new CrashingDisk();
      try {
        RestoreBench.restore(disk, TestRepository.open(store), DIRECT);
      } catch (RunException e) {
        assertThat(e.kind())
            .isIn(
                RunException.of(new StoreException(kind, "", null)).kind(),
                RunException.Kind.USAGE,
                RunException.Kind.REPOSITORY_DAMAGED);
        assertSafe(disk.copy());
      }
      RestoreBench.restore(disk, repository.open(), DIRECT);
      assertSame(disk, direct);
      if (!store.happened()) {
        break;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DiskException.Kind.class,
      names = {"NO_SPACE", "NO_ACCESS", "FAILED"})
  void anyOperationOfTheDiskFails(DiskException.Kind kind) throws Exception {
    for (int n = 1; ; n++) {
      CrashingDisk disk = new CrashingDisk().failAt(n, kind);
      try {
        RestoreBench.restore(disk, repository.open(), DIRECT);
      } catch (RunException e) {
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(RunException.Kind.TARGET_REFUSED);
      }
      assertSafeThenFinish(disk.copy(), DIRECT, direct);
      if (!disk.happened()) {
        break;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void isDiscardedThoughThatEndsAtAnyOperation(Loss loss) throws Exception {
    CrashingDisk attempted = new CrashingDisk().crashAt(130);
    runUntilCrash(attempted, DIRECT);
    CrashingDisk unfinished = attempted.afterCrash(loss);
    for (int n = 1; ; n++) {
      CrashingDisk disk = unfinished.copy().crashAt(n);
      try {
        RestoreBench.on(disk).discard(DATABASE, Optional.empty());
      } catch (Crash expected) {
        assertSafe(disk.afterCrash(loss));
      }
      assertSafeThenFinish(disk.afterCrash(loss), DIRECT, direct);
      if (!disk.happened()) {
        assertThat(SmallDatabase.read(disk.copy(), DATABASE, INDEX)).isEqualTo(DatabaseSet.empty());
        break;
      }
    }
  }

  private static void runUntilCrash(Disk disk, RestoreRequest options) throws RunException {
    try {
      RestoreBench.restore(disk, repository.open(), options);
    } catch (Crash expected) {
      // This is where the process would have ended.
    }
  }

  private static void assertSafeThenFinish(
      CrashingDisk left, RestoreRequest options, DatabaseSet expected) throws Exception {
    assertSafe(left);
    RestoreBench.restore(left, repository.open(), options);
    assertSame(left, expected);
    assertThat(RestoreBench.restore(left, repository.open(), options).outcome())
        .isEqualTo(RestoreReport.Outcome.ALREADY_DONE);
  }

  /** The state that a server would be started on now. */
  private static void assertSafe(CrashingDisk disk) throws IOException {
    DatabaseSet there = SmallDatabase.read(disk, DATABASE, INDEX);
    OptionalLong chaser = there.checkpoint("chaser");
    boolean marked = StartGuardValues.standsIn(chaser);
    if (chaser.isEmpty()) {
      assertThat(there.root().keySet()).allMatch(n -> !n.startsWith("chunk-"));
      assertThat(there.index()).isEmpty();
    } else if (!marked) {
      assertWhole(there);
    } else if (there.checkpoint("truncate").orElse(-1) != -1) {
      // A server would lower chaser.chk to it: only when everything else is there.
      assertWhole(there.withCheckpoint("chaser", there.checkpoint("truncate").getAsLong()));
    }
  }

  private static void assertWhole(DatabaseSet there) {
    long truncateAt = there.checkpoint("truncate").orElse(-1);
    Oracle oracle = truncateAt == -1
        ? Oracle.structural().arranged()
        : Oracle.structural().truncatingAt(truncateAt);
    assertThat(oracle.check(there)).isEmpty();
  }

  private static void assertSame(CrashingDisk disk, DatabaseSet expected) throws IOException {
    DatabaseSet there = SmallDatabase.read(disk, DATABASE, INDEX);
    assertThat(there.root().keySet()).isEqualTo(expected.root().keySet());
    assertThat(there.index().keySet()).isEqualTo(expected.index().keySet());
    expected
        .root()
        .forEach((name, bytes) -> assertThat(there.root().get(name)).as(name).isEqualTo(bytes));
    expected
        .index()
        .forEach((name, bytes) -> assertThat(there.index().get(name)).as(name).isEqualTo(bytes));
  }
}
