package io.coldstream.core.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.repository.StartGuardValues;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.restore.RestoreReport.Outcome;
import io.coldstream.core.restore.RestoreRequest.Choice;
import io.coldstream.core.restore.ServerModel.Answer;
import io.coldstream.core.restore.select.RestorePoint;
import io.coldstream.core.restore.target.Target;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.disk.CrashingDisk.Loss;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskEntry;
import io.coldstream.core.support.disk.DiskException;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.WriterModel;
import io.coldstream.store.testkit.Crash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A restore into a directory that holds the database already: damaged, older or newer. */
class ReuseTest extends TargetBed {

  private static final String SET_ASIDE = Target.SET_ASIDE;
  private static final RestoreRequest REUSE = OPTIONS.with(Choice.REUSE);

  @Test
  void anyDamageIsRepairedAndWhatDiffersIsKept() throws Exception {
    DatabaseSet whole = whole();
    long total = restore(OPTIONS.dry()).plan().bytes();
    long saved = 0;
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      CrashingDisk there = new CrashingDisk();
      write(there, whole);
      for (int i = random.nextInt(4); i >= 0; i--) {
        damage(there, random);
      }
      DatabaseSet damaged = SmallDatabase.read(there, TARGET, INDEX);

      RestoreReport report = RestoreBench.restore(there, repository.open(), REUSE);

      assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
      assertSame(there, whole, "seed " + seed);
      assertKept(there, damaged);
      saved += total - report.fetchedBytes();
    }
    assertThat(saved).isGreaterThan(200 * total / 2);
  }

  @Test
  void aSoundDirectoryFetchesNothing() throws Exception {
    DatabaseSet whole = whole();
    write(disk, whole);

    RestoreReport report = restore(REUSE);

    assertThat(report.fetchedBytes()).isZero();
    assertThat(report.setAside()).isEmpty();
    assertSame(disk, whole, "sound");
  }

  @Test
  void theBytesAroundADamagedPlaceAreUsed() throws Exception {
    DatabaseSet whole = whole();
    write(disk, whole);
    String chunk = restore(REUSE.dry()).plan().files().stream()
        .filter(file -> file.entry().chunk().filter(c -> !c.scavenged()).isPresent())
        .filter(file -> file.diskBytes() > 1000)
        .findFirst()
        .orElseThrow()
        .name();
    byte[] bytes = whole.root().get(chunk).clone();
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 40, (byte) 0);
    disk.write(TARGET.resolve(chunk), bytes);

    RestoreReport report = restore(REUSE);

    assertThat(report.fetchedBytes()).isPositive().isLessThan(bytes.length);
    assertThat(report.setAside())
        .containsExactly(TARGET.resolve(SET_ASIDE).resolve(chunk).toString());
    assertSame(disk, whole, "around");
  }

  @Test
  void anOlderStateIsCompletedAndANewerOneIsCutBack() throws Exception {
    WriterModel model = SmallDatabase.model(11, 150);
    DatabaseSet older = model.snapshot();
    older.writeTo(folder.resolve("older"));
    TestRepository both = TestRepository.of(folder.resolve("older"));
    model.run(150);
    DatabaseSet newer = model.snapshot();
    newer.writeTo(folder.resolve("newer"));
    both.backUp(folder.resolve("newer"));
    for (long sequence : List.of(1L, 2L)) {
      RestoreRequest request = REUSE.at(new RestorePoint.OfBackup(sequence));
      CrashingDisk fresh = new CrashingDisk();
      RestoreReport all =
          RestoreBench.restore(fresh, both.open(), OPTIONS.at(new RestorePoint.OfBackup(sequence)));
      for (DatabaseSet before : List.of(older, newer)) {
        CrashingDisk there = new CrashingDisk();
        write(there, before);

        RestoreReport report = RestoreBench.restore(there, both.open(), request);

        assertSame(there, SmallDatabase.read(fresh, TARGET, INDEX), "backup " + sequence);
        assertThat(report.fetchedBytes()).isLessThan(all.fetchedBytes());
        assertKept(there, before);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void endsAtAnyOperation(Loss loss) throws Exception {
    DatabaseSet whole = whole();
    DatabaseSet damaged = damagedSet(whole);
    CrashingDisk start = new CrashingDisk();
    write(start, damaged);
    for (int n = 1; ; n++) {
      CrashingDisk crashing = start.copy().crashAt(n);
      try {
        RestoreBench.restore(crashing, repository.open(), REUSE);
      } catch (Crash expected) {
        // This is where the process would have ended.
      }
      CrashingDisk left = crashing.afterCrash(loss);
      DatabaseSet there = SmallDatabase.read(left, TARGET, INDEX);
      if (guarded(left)) {
        for (ServerModel server : ServerModel.all()) {
          assertThat(server.start(there))
              .as("%s, operation %s", server, n)
              .isEqualTo(Answer.REFUSES);
        }
        assertThatThrownBy(() -> RestoreBench.on(left.copy()).discard(TARGET, Optional.empty()))
            .isInstanceOf(RunException.class);
      } else if (crashing.happened()) {
        assertThat(there.root())
            .as("operation %s", n)
            .containsKeys(chunks(damaged).toArray(String[]::new));
      }
      assertKept(left, damaged);

      RestoreBench.restore(left, repository.open(), REUSE);

      assertSame(left, whole, "operation " + n);
      assertKept(left, damaged);
      if (!crashing.happened()) {
        assertThat(n).isGreaterThan(50);
        break;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void endsTwiceAtAnyOperation(Loss loss) throws Exception {
    DatabaseSet whole = whole();
    DatabaseSet damaged = damagedSet(whole);
    CrashingDisk start = new CrashingDisk();
    write(start, damaged);
    boolean happened = true;
    for (int n = 1; happened; n++) {
      CrashingDisk first = start.copy().crashAt(n);
      runUntilCrash(first);
      happened = first.happened();
      CrashingDisk second = first.afterCrash(loss).crashAt(37 * n % 101 + 1);
      runUntilCrash(second);
      CrashingDisk left = second.afterCrash(loss);
      if (guarded(left)) {
        for (ServerModel server : ServerModel.all()) {
          assertThat(server.start(SmallDatabase.read(left, TARGET, INDEX)))
              .as("%s, operation %s", server, n)
              .isEqualTo(Answer.REFUSES);
        }
      }
      assertKept(left, damaged);

      RestoreBench.restore(left, repository.open(), REUSE);

      assertSame(left, whole, "operation " + n);
      assertKept(left, damaged);
    }
  }

  private void runUntilCrash(Disk there) throws RunException {
    try {
      RestoreBench.restore(there, repository.open(), REUSE);
    } catch (Crash expected) {
      // This is where the process would have ended.
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DiskException.Kind.class,
      names = {"NO_SPACE", "NO_ACCESS", "FAILED"})
  void anyOperationOfTheDiskFails(DiskException.Kind kind) throws Exception {
    DatabaseSet whole = whole();
    DatabaseSet damaged = damagedSet(whole);
    CrashingDisk start = new CrashingDisk();
    write(start, damaged);
    boolean happened = true;
    for (int n = 1; happened; n++) {
      CrashingDisk failing = start.copy().failAt(n, kind);
      try {
        RestoreBench.restore(failing, repository.open(), REUSE);
      } catch (RunException e) {
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(RunException.Kind.TARGET_REFUSED);
      }
      happened = failing.happened();
      CrashingDisk left = failing.copy();
      assertKept(left, damaged);

      RestoreBench.restore(left, repository.open(), REUSE);

      assertSame(left, whole, "operation " + n);
      assertKept(left, damaged);
    }
  }

  @Test
  void aResumedAttemptNeedsNoOption() throws Exception {
    DatabaseSet whole = whole();
    CrashingDisk start = new CrashingDisk();
    write(start, damagedSet(whole));
    CrashingDisk left = start;
    for (int n = 1; !guarded(left); n++) {
      CrashingDisk crashing = start.copy().crashAt(n);
      assertThatThrownBy(() -> RestoreBench.restore(crashing, repository.open(), REUSE))
          .isInstanceOf(Crash.class);
      left = crashing.afterCrash(Loss.ALL_UNSYNCED);
    }

    RestoreBench.restore(left, repository.open(), OPTIONS);

    assertSame(left, whole, "resumed");
  }

  @Test
  void otherDirectoriesAreRefused() throws Exception {
    assertThat(restore(REUSE).outcome()).isEqualTo(Outcome.RESTORED);
    CrashingDisk other = new CrashingDisk();
    write(other, SmallDatabase.model(8, 200).snapshot());
    DatabaseSet another = SmallDatabase.read(other, TARGET, INDEX);
    assertThatThrownBy(() -> RestoreBench.restore(other, repository.open(), REUSE))
        .hasMessageContainingAll("none that backup 1 has", "nothing was changed");
    assertSame(other, another, "another database");

    CrashingDisk used = new CrashingDisk();
    write(used, whole());
    assertThatThrownBy(() -> RestoreBench.on(used, path -> Optional.of("process 7 runs there"))
            .run(repository.open(), REUSE))
        .hasMessageContaining("process 7 runs there");
    assertSame(used, whole(), "in use");

    CrashingDisk plain = new CrashingDisk();
    write(plain, whole().without(RestoredMark.FILE_NAME));
    assertThatThrownBy(() -> RestoreBench.restore(plain, repository.open(), OPTIONS))
        .hasMessageContainingAll("is not empty", "--reuse");
  }

  @Test
  void aDryRunChangesNothing() throws Exception {
    write(disk, damagedSet(whole()));
    DatabaseSet before = set();

    assertThat(restore(REUSE.dry()).outcome()).isEqualTo(Outcome.PLANNED);

    assertSame(disk, before, "dry run");
    assertThat(names(TARGET)).doesNotContain(SET_ASIDE, Target.STAGING);
  }

  private DatabaseSet whole() throws Exception {
    CrashingDisk fresh = new CrashingDisk();
    RestoreBench.restore(fresh, repository.open(), OPTIONS);
    return SmallDatabase.read(fresh, TARGET, INDEX);
  }

  private static DatabaseSet damagedSet(DatabaseSet whole) {
    List<String> chunks = chunks(whole);
    byte[] first = whole.root().get(chunks.get(0)).clone();
    first[first.length / 3] ^= 8;
    byte[] last = whole.root().get(chunks.get(chunks.size() - 1));
    return whole
        .with(chunks.get(0), first)
        .with(chunks.get(chunks.size() - 1), Arrays.copyOf(last, last.length / 2));
  }

  private static List<String> chunks(DatabaseSet set) {
    return set.root().keySet().stream().filter(n -> n.startsWith("chunk-")).toList();
  }

  private static void write(Disk disk, DatabaseSet set) throws IOException {
    disk.createFolders(INDEX);
    for (Map.Entry<String, byte[]> file : set.root().entrySet()) {
      disk.write(TARGET.resolve(file.getKey()), file.getValue());
    }
    for (Map.Entry<String, byte[]> file : set.index().entrySet()) {
      disk.createFolders(INDEX.resolve(file.getKey()).getParent());
      disk.write(INDEX.resolve(file.getKey()), file.getValue());
    }
  }

  /** Does one thing to a directory. */
  private static void damage(Disk disk, Random random) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : List.of(TARGET, INDEX)) {
      for (DiskEntry entry : disk.list(folder)) {
        if (entry.isFile() && !entry.name().endsWith(".chk")) {
          files.add(folder.resolve(entry.name()));
        }
      }
    }
    Path file = files.get(random.nextInt(files.size()));
    byte[] bytes = disk.read(file, 1 << 24);
    byte[] changed = bytes.clone();
    switch (random.nextInt(6)) {
      case 0 -> changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> changed = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 2 -> changed = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(5000));
      case 3 -> {
        int from = random.nextInt(bytes.length);
        Arrays.fill(changed, from, Math.min(bytes.length, from + 4096), (byte) 0);
      }
      case 4 -> {
        disk.delete(file);
        return;
      }
      default -> {
        disk.write(TARGET.resolve("writer.chk"), new byte[random.nextInt(20)]);
        return;
      }
    }
    disk.write(file, changed);
  }

  /** Whether every chunk that was there still is, somewhere. */
  private static void assertKept(Disk disk, DatabaseSet before) throws IOException {
    Set<Sha256> now = contents(disk, TARGET);
    now.addAll(contents(disk, TARGET.resolve(SET_ASIDE)));
    for (String chunk : chunks(before)) {
      assertThat(now).as(chunk).contains(Sha256.of(before.root().get(chunk)));
    }
  }

  private static Set<Sha256> contents(Disk disk, Path folder) throws IOException {
    Set<Sha256> digests = new HashSet<>();
    if (disk.look(folder).isPresent()) {
      for (DiskEntry entry : disk.list(folder)) {
        if (entry.isFile()) {
          digests.add(Sha256.of(disk.read(folder.resolve(entry.name()), 1 << 24)));
        }
      }
    }
    return digests;
  }

  private static boolean guarded(Disk disk) throws IOException {
    return SmallDatabase.read(disk, TARGET, INDEX)
        .checkpoint("chaser")
        .equals(OptionalLong.of(StartGuardValues.CHASER));
  }

  private static void assertSame(Disk disk, DatabaseSet expected, String what) throws IOException {
    DatabaseSet there = SmallDatabase.read(disk, TARGET, INDEX);
    assertThat(there.root().keySet()).as(what).isEqualTo(expected.root().keySet());
    assertThat(there.index().keySet()).as(what).isEqualTo(expected.index().keySet());
    expected
        .root()
        .forEach((name, bytes) -> assertThat(there.root().get(name)).as(name).isEqualTo(bytes));
    expected
        .index()
        .forEach((name, bytes) -> assertThat(there.index().get(name)).as(name).isEqualTo(bytes));
  }
}
