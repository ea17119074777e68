package io.coldstream.core.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.StartGuardValues;
import io.coldstream.core.restore.target.Target;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.disk.CrashingDisk.Loss;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskException;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.Oracle;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.store.StoreException;
import io.coldstream.store.testkit.Crash;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A restore, or its removal, that ends at any operation: no server version starts on what is left,
 * unless it is a whole database or nothing of ours, and the next run finishes, also after a refused
 * start.
 */
class CrashTest {

  private static final Path DATABASE = Path.of("/data/db");
  private static final Path INDEX = DATABASE.resolve("index");
  private static final RestoreRequest DIRECT = RestoreRequest.to(DATABASE);
  private static final RestoreRequest TRUNCATE = DIRECT.truncating(1 << 20);

  private static final StartCheck CHECK = new StartCheck(DATABASE, INDEX, DatabaseSet.empty());

  /** The version that leaves most behind when it refuses to start. */
  private static final ServerModel NEWEST = new ServerModel(Profile.V26_1);

  @TempDir
  static Path folder;

  private static TestRepository repository;
  private static DatabaseSet direct;
  private static DatabaseSet truncate;

  /** States in which a refused start was tried: most operations leave one that was there before. */
  private final Set<String> refused = new HashSet<>();

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

  /** At every operation, and the resumed run at some other: all pairs with {@code crash.pairs}. */
  @ParameterizedTest
  @EnumSource(Loss.class)
  void endsTwiceAtAnyOperation(Loss loss) throws Exception {
    boolean everyPair = Boolean.getBoolean("crash.pairs");
    boolean happened = true;
    for (int n = 1; happened; n++) {
      CrashingDisk first = new CrashingDisk().crashAt(n);
      runUntilCrash(first, DIRECT);
      happened = first.happened();
      boolean again = true;
      for (int m = everyPair ? 1 : 61 * n % 173 + 1; again; m++) {
        CrashingDisk second = first.afterCrash(loss).crashAt(m);
        runUntilCrash(second, DIRECT);
        again = everyPair && second.happened();
        assertSafeThenFinish(second.afterCrash(loss), DIRECT, direct);
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
        CHECK.assertSafe(disk.copy());
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
    assertDiscarded(attempted.afterCrash(loss), DIRECT, direct, loss);
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void isDiscardedAtAnyOperationAfterARefusedStart(Loss loss) throws Exception {
    CrashingDisk attempted = new CrashingDisk().crashAt(130);
    runUntilCrash(attempted, DIRECT);
    CrashingDisk unfinished = attempted.afterCrash(loss);
    NEWEST.refuse(unfinished, DATABASE, INDEX);
    assertDiscarded(unfinished, DIRECT, direct, loss);
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void isDiscardedAtAnyOperationWithTruncateArmed(Loss loss) throws Exception {
    assertDiscarded(withTruncateArmed(), TRUNCATE, truncate, loss);
  }

  /** The last moment before a truncating restore commits. */
  private static CrashingDisk withTruncateArmed() throws Exception {
    for (int n = 1; ; n++) {
      CrashingDisk disk = new CrashingDisk().crashAt(n);
      runUntilCrash(disk, TRUNCATE);
      assertThat(disk.happened()).isTrue();
      CrashingDisk left = disk.copy();
      DatabaseSet there = SmallDatabase.read(left, DATABASE, INDEX);
      if (there.checkpoint("truncate").orElse(-1) != -1) {
        assertThat(there.checkpoint("chaser")).hasValue(StartGuardValues.CHASER);
        return left;
      }
    }
  }

  private void assertDiscarded(
      CrashingDisk unfinished, RestoreRequest options, DatabaseSet whole, Loss loss)
      throws Exception {
    for (int n = 1; ; n++) {
      CrashingDisk disk = unfinished.copy().crashAt(n);
      try {
        RestoreBench.on(disk).discard(DATABASE, Optional.empty());
      } catch (Crash expected) {
        // This is where the process would have ended.
      }
      assertSafeThenFinish(disk.afterCrash(loss), options, whole);
      if (!disk.happened()) {
        assertThat(SmallDatabase.read(disk.copy(), DATABASE, INDEX)).isEqualTo(DatabaseSet.empty());
        break;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void endsAtAnyOperationOverCheckpointsThatWereThere(Loss loss) throws Exception {
    DatabaseSet none = DatabaseSet.empty();
    DatabaseSet old = none.withCheckpoint("writer", 5000)
        .withCheckpoint("chaser", 4000)
        .withCheckpoint("epoch", 0)
        .withCheckpoint("proposal", 3);
    for (DatabaseSet before : List.of(
        none.withCheckpoint("truncate", -1),
        none.withCheckpoint("truncate", 4000),
        none.with("truncate.chk", new byte[3]),
        none.withCheckpoint("writer", 0).withCheckpoint("truncate", 0),
        none.withCheckpoint("writer", 0).withCheckpoint("chaser", 0).withCheckpoint("truncate", -1),
        old.withCheckpoint("truncate", -1),
        old.withCheckpoint("truncate", 4000))) {
      assertSafeOver(before, loss);
    }
  }

  private void assertSafeOver(DatabaseSet before, Loss loss) throws Exception {
    CrashingDisk start = new CrashingDisk();
    start.createFolders(DATABASE);
    for (var file : before.root().entrySet()) {
      start.write(DATABASE.resolve(file.getKey()), file.getValue());
    }
    for (int n = 1; ; n++) {
      CrashingDisk disk = start.copy().crashAt(n);
      runUntilCrash(disk, DIRECT);
      assertSafeThenFinish(
          disk.afterCrash(loss), DIRECT, direct, new StartCheck(DATABASE, INDEX, before));
      if (disk.copy().look(DATABASE.resolve(Target.STAGING + "/attempt.json")).isPresent()) {
        break; // what was there before makes no difference any more
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

  private void assertSafeThenFinish(CrashingDisk left, RestoreRequest options, DatabaseSet expected)
      throws Exception {
    assertSafeThenFinish(left, options, expected, CHECK);
  }

  private void assertSafeThenFinish(
      CrashingDisk left, RestoreRequest options, DatabaseSet expected, StartCheck check)
      throws Exception {
    check.assertSafe(left);
    if (check.isRefused(left) && refused.add(state(left))) {
      assertFinishesAfterARefusedStart(left, options, expected, check);
    }
    assertFinishes(left, options, expected);
  }

  /** The names in the folders that a restore works in, and the checkpoints' values. */
  private static String state(CrashingDisk disk) throws IOException {
    StringBuilder state = new StringBuilder();
    for (Path folder :
        List.of(DATABASE, INDEX, DATABASE.resolve(Target.STAGING), INDEX.resolve(Target.STAGING))) {
      if (disk.look(folder).isPresent()) {
        disk.list(folder)
            .forEach(entry ->
                state.append(entry.name().replaceAll("[0-9a-f]{8}", "")).append(' '));
      }
      state.append('|');
    }
    DatabaseSet there = SmallDatabase.read(disk, DATABASE, INDEX);
    for (CheckpointName name : CheckpointName.values()) {
      state.append(Arrays.toString(there.root().get(name.fileName())));
    }
    return state.toString();
  }

  /** Somebody starts a server, in vain, before the next command. */
  private static void assertFinishesAfterARefusedStart(
      CrashingDisk left, RestoreRequest options, DatabaseSet expected, StartCheck check)
      throws Exception {
    CrashingDisk after = left.copy();
    NEWEST.refuse(after, DATABASE, INDEX);
    CrashingDisk discarded = after.copy();
    assertThat(RestoreBench.on(discarded).discard(DATABASE, Optional.empty()).files())
        .isPositive();
    DatabaseSet rest = SmallDatabase.read(discarded, DATABASE, INDEX);
    assertThat(rest).isEqualTo(DatabaseSet.empty());
    check.assertSafe(discarded);
    assertFinishes(discarded, options, expected);
    assertFinishes(after, options, expected);
  }

  private static void assertFinishes(
      CrashingDisk left, RestoreRequest options, DatabaseSet expected) throws Exception {
    RestoreBench.restore(left, repository.open(), options);
    assertSame(left, expected);
    assertThat(RestoreBench.restore(left, repository.open(), options).outcome())
        .isEqualTo(RestoreReport.Outcome.ALREADY_DONE);
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
