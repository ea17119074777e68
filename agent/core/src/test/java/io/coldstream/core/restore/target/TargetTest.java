package io.coldstream.core.restore.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.backup.HookedStore;
import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.restore.PositionEdit;
import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.RestoreReport.Outcome;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.TargetBed;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskEntry;
import io.coldstream.core.support.disk.DiskException;
import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.core.support.disk.Owner;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.testing.model.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories that must not be restored to, each refused by name and left as it was. */
class TargetTest extends TargetBed {

  @ParameterizedTest
  @ValueSource(strings = {"chunk-000000.000000", "notes.txt", "kurrent.ddb"})
  void aTargetThatIsNotEmptyIsRefused(String name) throws IOException {
    disk.createFolders(TARGET);
    disk.write(TARGET.resolve(name), new byte[] {1});

    assertRefused(() -> restore(OPTIONS), "is not empty: it holds " + name);
  }

  @Test
  void anIndexTargetThatIsNotEmptyIsRefused() throws IOException {
    disk.createFolders(INDEX);
    disk.write(INDEX.resolve("indexmap"), new byte[] {1});

    assertRefused(() -> restore(OPTIONS), INDEX + " is not empty: it holds indexmap");
  }

  @Test
  void aFileAsTargetIsRefused() throws IOException {
    disk.write(TARGET, new byte[] {1});

    assertThatThrownBy(() -> restore(OPTIONS)).hasMessageContaining("is not a directory");
    assertThat(disk.look(TARGET).orElseThrow().isFile()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lost+found",
        ".snapshot",
        ".nfs00000000000000010000000b",
        "..data",
        "$RECYCLE.BIN",
        "@eaDir",
        "System Volume Information"
      })
  void whatAFileSystemPutsThereDoesNotBlockAndStays(String name) throws Exception {
    disk.createFolders(INDEX);
    for (Path folder : List.of(TARGET, INDEX)) {
      disk.createFolders(folder.resolve(name));
      disk.give(folder.resolve(name), new Owner(0, 0));
    }

    RestoreReport report = restore(OPTIONS);

    assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
    assertThat(report.setAside()).isEmpty();
    assertThat(names(TARGET)).contains(name);
    assertThat(names(INDEX)).contains(name);
  }

  @Test
  void anUnfinishedRestoreIsDiscardedBesideWhatAFileSystemPutThere() throws Exception {
    leaveUnfinished(OPTIONS, 12);
    disk.createFolders(TARGET.resolve("lost+found"));
    disk.createFolders(INDEX.resolve("@eaDir"));

    assertThat(RestoreBench.on(disk).discard(TARGET, Optional.empty()).files()).isPositive();

    assertThat(names(TARGET)).containsExactly("index", "lost+found");
    assertThat(names(INDEX)).containsExactly("@eaDir");
  }

  /** NFS keeps the lock's file, which is deleted while it is open, and with it the folder. */
  @Test
  void onNetworkFileSystemsNoStagingFolderIsLeft() throws Exception {
    disk.onNetwork();

    assertThat(restore(OPTIONS).outcome()).isEqualTo(Outcome.RESTORED);
    assertThat(names(TARGET)).contains("writer.chk").doesNotContain(Target.STAGING);
  }

  @Test
  void onNetworkFileSystemsADiscardedRestoreLeavesNoStagingFolder() throws Exception {
    disk.onNetwork();
    leaveUnfinished(OPTIONS, 12);
    CrashingDisk next = disk.copy();

    assertThat(RestoreBench.on(next).discard(TARGET, Optional.empty()).files()).isPositive();

    assertThat(next.list(TARGET)).extracting(DiskEntry::name).containsExactly("index");
  }

  @Test
  void checkpointsFoundThereAreKeptAside() throws Exception {
    disk.createFolders(TARGET);
    byte[] armed = Checkpoint.at(CheckpointName.TRUNCATE, 4711).bytes();
    disk.write(TARGET.resolve("truncate.chk"), armed);

    RestoreReport report = restore(OPTIONS);

    assertThat(report.setAside())
        .containsExactly(TARGET.resolve(Target.SET_ASIDE + "/truncate.chk").toString());
    assertThat(disk.read(TARGET.resolve(Target.SET_ASIDE + "/truncate.chk"), 8)).isEqualTo(armed);
    assertThat(set().checkpoint("truncate")).hasValue(-1);
  }

  @Test
  void aTargetThatIsNotWritableIsRefused() throws IOException {
    disk.createFolders(TARGET);
    for (int n = 5; n < 30; n++) {
      disk.failAt(n, DiskException.Kind.NO_ACCESS);
      try {
        restore(OPTIONS);
      } catch (RunException e) {
        assertThat(e.kind()).isEqualTo(Kind.TARGET_REFUSED);
        assertThat(e).hasMessageContaining("run the restore as the server's user");
      }
    }
  }

  @Test
  void aFullDiskIsRefused() throws Exception {
    disk.capacity(10_000);

    assertRefused(
        () -> restore(OPTIONS), "has 10000 bytes free, but the restore needs ", "free some space");
    assertThat(disk.look(TARGET)).isEmpty();
  }

  @Test
  void aDiskThatFillsUpIsReported() throws Exception {
    for (int n = 20; ; n++) {
      CrashingDisk full = new CrashingDisk().failAt(n, DiskException.Kind.NO_SPACE);
      try {
        RestoreBench.restore(full, repository.open(), OPTIONS);
      } catch (RunException e) {
        assertThat(e).hasMessageContaining("free some space and run the same command again");
      }
      if (!full.happened()) {
        assertThat(n).isGreaterThan(100);
        break;
      }
    }
  }

  @Test
  void aTargetOfAnotherUserThatIsNotWritableIsRefused() throws IOException {
    disk.createFolders(TARGET);
    disk.give(TARGET, new Owner(998, 998));

    assertRefused(
        () -> restore(OPTIONS),
        "belongs to user 998, but this process runs as user 1000",
        "may not write there");
    assertThat(names(TARGET)).isEmpty();
  }

  @Test
  void anIndexTargetOfAnotherUserThatIsNotWritableIsRefused() throws IOException {
    disk.createFolders(TARGET);
    disk.createFolders(INDEX);
    disk.give(INDEX, new Owner(998, 998));

    assertRefused(() -> restore(OPTIONS), INDEX + " belongs to user 998", "may not write there");
  }

  @Test
  void theRootOfAVolumeIsAnothersButTheFilesAreThisUsers() throws Exception {
    disk.createFolders(INDEX);
    for (Path folder : List.of(TARGET, INDEX)) {
      disk.give(folder, new Owner(0, 1000));
      disk.share(folder);
    }

    RestoreReport report = restore(OPTIONS);

    assertThat(report.owner()).isEqualTo(new Owner(1000, 1000));
    for (Path folder : List.of(TARGET, INDEX)) {
      for (DiskEntry entry : disk.list(folder)) {
        assertThat(entry.isFolder() || entry.owner().equals(new Owner(1000, 1000)))
            .as(entry.toString())
            .isTrue();
      }
    }
    assertThat(restore(OPTIONS).outcome()).isEqualTo(Outcome.ALREADY_DONE);
  }

  @Test
  void filesOfAnotherUsersUnfinishedRestoreAreRefused() throws Exception {
    disk.workedBy(new Owner(0, 0));
    disk.createFolders(TARGET);
    leaveUnfinished(OPTIONS, 12);
    CrashingDisk next = disk.copy().workedBy(new Owner(1000, 1000));
    for (Path folder :
        List.of(TARGET, TARGET.resolve(Target.STAGING), INDEX, INDEX.resolve(Target.STAGING))) {
      next.share(folder);
    }

    assertThatThrownBy(() -> RestoreBench.restore(next, repository.open(), OPTIONS))
        .hasMessageContaining("belongs to user 0, but this process runs as user 1000")
        .hasMessageContaining("must own its files");
  }

  @Test
  void rootThatTheServerTreatsAsAnotherUserIsToldAsWhomToRun() throws Exception {
    disk.workedBy(new Owner(0, 0));
    disk.createFolders(TARGET);
    disk.give(TARGET, new Owner(998, 997));
    int told = 0;
    for (int n = 5; n < 60; n++) {
      for (DiskException.Kind kind :
          List.of(DiskException.Kind.NO_ACCESS, DiskException.Kind.NO_OWNER)) {
        CrashingDisk squashing = disk.copy().failAt(n, kind);
        try {
          RestoreBench.restore(squashing, repository.open(), OPTIONS);
        } catch (RunException e) {
          assertThat(e.kind()).isEqualTo(Kind.TARGET_REFUSED);
          assertThat(e)
              .hasMessageContaining("root_squash")
              .hasMessageEndingWith("run the restore as user 998");
          told++;
        }
      }
    }
    assertThat(told).isGreaterThan(50);
  }

  @Test
  void ownedByAnotherUserButThisIsRoot() throws Exception {
    disk.workedBy(new Owner(0, 0));
    disk.createFolders(TARGET);
    disk.give(TARGET, new Owner(998, 997));

    RestoreReport report = restore(OPTIONS);

    for (Path path : List.of(TARGET, INDEX)) {
      for (DiskEntry entry : disk.list(path)) {
        assertThat(entry.owner()).as(entry.name()).isEqualTo(new Owner(998, 997));
      }
    }
    assertThat(report.owner()).isEqualTo(new Owner(998, 997));
  }

  @Test
  void ownedByRootSaysSo() throws Exception {
    disk.workedBy(new Owner(0, 0));
    disk.createFolders(TARGET);

    assertThat(restore(OPTIONS).owner().isRoot()).isTrue();
  }

  @Test
  void aTargetInUseByAServerIsRefused() throws IOException {
    disk.createFolders(TARGET);
    TargetUse use = path -> path.equals(TARGET)
        ? Optional.of("process 17 (EventStore.Clus) has x open")
        : Optional.empty();

    assertRefused(
        () -> RestoreBench.on(disk, use).run(repository.open(), OPTIONS),
        "is in use: process 17",
        "stop it first");
  }

  @Test
  void aServerIsStartedOnItBeforeTheEnd() throws Exception {
    int[] looks = new int[1];
    TargetUse use = path -> ++looks[0] > 5 ? Optional.of("process 18 has it") : Optional.empty();

    assertThatThrownBy(() -> RestoreBench.on(disk, use).run(repository.open(), OPTIONS))
        .hasMessageContaining("is in use: process 18");
    assertThat(set().checkpoint("chaser")).hasValue((1L << 60) + 8);
    assertThat(restore(OPTIONS).outcome()).isEqualTo(Outcome.RESTORED);
  }

  @Test
  void aConcurrentRestoreIsRefused() throws IOException {
    disk.createFolders(TARGET.resolve(Target.STAGING));
    disk.lock(TARGET.resolve(Target.STAGING).resolve("lock"));

    assertRefused(() -> restore(OPTIONS), "another restore is running in this directory");
  }

  @Test
  void aSecondRestoreIsRefusedAndTheFirstFinishes() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    HookedStore slow = new HookedStore(repository.store(), call -> {
      if (disk.look(TARGET.resolve(Target.STAGING).resolve(Attempt.FILE_NAME)).isPresent()) {
        assertThatThrownBy(() -> restore(OPTIONS))
            .isInstanceOfSatisfying(
                RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TARGET_REFUSED))
            .hasMessageContaining("another restore is running in this directory");
        refused.incrementAndGet();
      }
    });

    RestoreReport first = RestoreBench.restore(disk, TestRepository.open(slow), OPTIONS);

    assertThat(first.outcome()).isEqualTo(Outcome.RESTORED);
    assertThat(refused.get()).isGreaterThan(5);
    assertThat(Oracle.structural().arranged().check(set())).isEmpty();
  }

  @Test
  void truncateWithALowChaser() throws Exception {
    TestRepository low = TestRepository.of(folder.resolve("db"));
    Manifest manifest = low.open().manifest(1);
    low.put(PositionEdit.withChaser(manifest, manifest.log().positions().restorePoint() / 2));

    assertRefused(
        () -> RestoreBench.restore(disk, low.open(), OPTIONS.truncating(1000)),
        "would drop",
        "more than --max-drop 1000",
        "--arrange direct");
    low.put(PositionEdit.withChaser(manifest, 0));
    assertRefused(
        () -> RestoreBench.restore(
            disk, low.open(), OPTIONS.truncating(RestoreRequest.DEFAULT_MAX_DROP_BYTES)),
        "--arrange direct");
    assertThat(disk.look(TARGET)).isEmpty();
  }

  @Test
  void truncateWithTheChaserBelowTheIndexLeavesTheIndexOut() throws Exception {
    TestRepository low = TestRepository.of(folder.resolve("db"));
    Manifest manifest = low.open().manifest(1);
    low.put(PositionEdit.withChaser(
        manifest, manifest.files().index().orElseThrow().commitCheckpoint()));

    RestoreReport report = RestoreBench.restore(disk, low.open(), OPTIONS.truncating(1 << 20));

    assertThat(report.plan().keepsIndex()).isFalse();
    assertThat(Oracle.structural().truncatingAt(report.plan().position()).check(set()))
        .isEmpty();
  }

  @Test
  void withoutIndexSaysWhatThatCosts() throws Exception {
    RestoreReport report = restore(OPTIONS.leavingIndexOut());

    assertThat(report.plan().keepsIndex()).isFalse();
    assertThat(names(INDEX)).isEmpty();
    assertThat(report.plan().indexReason()).isPresent();
  }

  @Test
  void aDryRunChangesNothing() throws Exception {
    RestoreReport report = restore(OPTIONS.dry());

    assertThat(report.outcome()).isEqualTo(Outcome.PLANNED);
    assertThat(report.plan().bytes()).isPositive();
    assertThat(disk.look(TARGET)).isEmpty();
  }

  @Test
  void takingOverIsRemembered() throws Exception {
    RestoreReport report = restore(OPTIONS.takingOver());

    assertThat(RestoredMark.read(disk.read(TARGET.resolve(RestoredMark.FILE_NAME), 9999))
            .takesOver())
        .isTrue();
    assertThat(report.takesOver()).isTrue();
  }

  @Test
  void theIndexCannotBeTheDatabase() {
    assertThatThrownBy(() -> restore(OPTIONS.withIndexIn(TARGET)))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE));
  }

  @Test
  void aRealDirectoryThatIsNotEmpty(@TempDir Path real) throws Exception {
    Files.writeString(real.resolve("important"), "x");
    Disk local = new LocalDisk();

    assertThatThrownBy(
            () -> RestoreBench.restore(local, repository.open(), RestoreRequest.to(real)))
        .hasMessageContaining("it holds important");
    assertThat(Files.readString(real.resolve("important"))).isEqualTo("x");
  }
}
