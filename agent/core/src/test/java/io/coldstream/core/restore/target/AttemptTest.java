package io.coldstream.core.restore.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.repository.manifest.Manifests;
import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.RestoreReport.Outcome;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.SmallDatabase;
import io.coldstream.core.restore.TargetBed;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.restore.select.RestorePoint;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.testing.Format1;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.Oracle;
import io.coldstream.store.testkit.Crash;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What becomes of an attempt: taken up, finished already, or overtaken by a server. */
class AttemptTest extends TargetBed {

  @Test
  void itsDocumentHasTheBytesOfFormat1() throws Exception {
    Attempt attempt = new Attempt(
        Manifests.REPOSITORY_ID,
        7,
        99,
        "truncate",
        "/data/index \u00fc",
        true,
        Optional.empty(),
        Optional.empty());
    byte[] bytes = Format1.bytes(Attempt.FILE_NAME);
    assertThat(attempt.bytes()).asString().isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    assertThat(Attempt.read(bytes)).isEqualTo(attempt);
  }

  @Test
  void aFinishedRestoreIsRecognised() throws Exception {
    restore(OPTIONS);
    DatabaseSet before = set();

    RestoreReport again = restore(OPTIONS);

    assertThat(again.outcome()).isEqualTo(Outcome.ALREADY_DONE);
    assertThat(again.fetchedBytes()).isZero();
    assertThat(set().root().keySet()).isEqualTo(before.root().keySet());
    assertThat(restore(OPTIONS.at(new RestorePoint.OfBackup(1))).outcome())
        .isEqualTo(Outcome.ALREADY_DONE);
  }

  @Test
  void aFinishedTargetIsRefusedAfterAServerRan() throws Exception {
    restore(OPTIONS);
    long writer = set().checkpoint("writer").getAsLong();
    disk.write(
        TARGET.resolve("writer.chk"),
        Checkpoint.at(CheckpointName.WRITER, writer + 100).bytes());

    assertRefused(
        () -> restore(OPTIONS),
        "a server has run there since (writer.chk has changed)",
        "nothing was changed");
  }

  @Test
  void afterItFinishedAndAServerHasChangedAChunk() throws Exception {
    restore(OPTIONS);
    String last = set().root().headMap("chunk-999").lastKey();
    disk.append(TARGET.resolve(last)).write(new byte[1], 0, 1);

    assertRefused(() -> restore(OPTIONS), "a server has run there since (" + last);
  }

  @Test
  void afterAServerHasRunBeforeTheAttemptWasCleanedUp() throws Exception {
    for (int n = 150; ; n++) {
      CrashingDisk crashing = new CrashingDisk().crashAt(n);
      try {
        RestoreBench.restore(crashing, repository.open(), OPTIONS);
      } catch (Crash expected) {
        // goes on below
      }
      CrashingDisk left = crashing.copy();
      boolean committed = !SmallDatabase.read(left, TARGET, INDEX)
          .checkpoint("chaser")
          .equals(OptionalLong.of((1L << 60) + 8));
      if (committed
          && left.look(TARGET.resolve(Target.STAGING + "/attempt.json")).isPresent()) {
        left.write(
            TARGET.resolve("epoch.chk"), Checkpoint.at(CheckpointName.EPOCH, 1).bytes());
        assertThatThrownBy(() -> RestoreBench.restore(left, repository.open(), OPTIONS))
            .hasMessageContaining("a server has run there since (epoch.chk");
        assertThat(left.look(TARGET.resolve(Target.STAGING + "/attempt.json"))).isPresent();
        break;
      }
      assertThat(crashing.happened()).isTrue();
    }
  }

  @Test
  void anUnfinishedRestoreIsResumed() throws Exception {
    leaveUnfinished(OPTIONS, 12);
    RestoreReport report = restore(OPTIONS);

    assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
    assertThat(report.fetchedBytes()).isPositive().isLessThan(report.plan().bytes());
    assertThat(Oracle.structural().arranged().check(set())).isEmpty();
  }

  @Test
  void anUnfinishedAttemptOfTheLatestStaysWithItsBackup() throws Exception {
    DatabaseSet first = SmallDatabase.model(3, 300).snapshot();
    first.writeTo(folder.resolve("growing-1"));
    SmallDatabase.model(3, 500).snapshot().writeTo(folder.resolve("growing-2"));
    TestRepository growing = TestRepository.of(folder.resolve("growing-1"));
    FaultyStore store = new FaultyStore(
        growing.store(), Fault.atCall(9 + TestRepository.CHECKPOINTS).crash());
    assertThatThrownBy(() -> RestoreBench.restore(disk, TestRepository.open(store), OPTIONS))
        .isInstanceOf(Crash.class);
    growing.backUp(folder.resolve("growing-2"));

    RestorePlan resumed = RestoreBench.restore(disk, growing.open(), OPTIONS).plan();
    assertThat(resumed.backup().sequence()).isEqualTo(1);
    assertThat(resumed.notes())
        .anyMatch(note -> note.contains("is of backup 1; the newest backup is 2"));
    assertThat(RestoreBench.restore(disk, growing.open(), OPTIONS).outcome())
        .isEqualTo(Outcome.ALREADY_DONE);
    assertRefused(
        () -> RestoreBench.restore(disk, growing.open(), OPTIONS.at(new RestorePoint.OfBackup(2))),
        "holds backup 1");
  }

  @Test
  void anUnfinishedAttemptAtAnotherArrangement() throws Exception {
    leaveUnfinished(OPTIONS, 9);

    assertRefused(
        () -> restore(OPTIONS.truncating(1 << 20)),
        "holds an unfinished restore of backup 1",
        "checkpoint mode truncate",
        "Finish the first restore with its own options");
    RunException refusal =
        catchThrowableOfType(RunException.class, () -> restore(OPTIONS.truncating(1 << 20)));
    assertThat(refusal.remedies())
        .containsExactly(
            new Remedy("To remove the unfinished restore instead, run", Remedy.Action.DISCARD));
  }

  /** --discard refuses it: it would delete files that are not the restore's own. */
  @Test
  void anUnfinishedRepairIsNotToBeDiscarded() throws Exception {
    leaveUnfinished(OPTIONS, 9);
    Path attempt = TARGET.resolve(Target.STAGING + "/attempt.json");
    String repairing = new String(disk.read(attempt, 9999), StandardCharsets.UTF_8)
        .replaceFirst("(\"withIndex\" : \\w+)", "$1,\n  \"reuse\" : true");
    disk.write(attempt, Manifests.redigested(repairing));

    RunException refusal =
        catchThrowableOfType(RunException.class, () -> restore(OPTIONS.truncating(1 << 20)));

    assertThat(refusal).hasMessageEndingWith("Finish the first restore with its own options");
    assertThat(refusal.remedies()).isEmpty();
  }

  @Test
  void anUnfinishedAttemptWithAnotherIndexPlace() throws Exception {
    leaveUnfinished(OPTIONS, 9);

    assertRefused(
        () -> restore(OPTIONS.withIndexIn(Path.of("/data/index"))),
        "holds an unfinished restore of backup 1",
        "index in /data/index");
  }

  @Test
  void anUnfinishedAttemptOfAnotherRepository() throws Exception {
    leaveUnfinished(OPTIONS, 9);
    Path attempt = TARGET.resolve(Target.STAGING + "/attempt.json");
    String other = new String(disk.read(attempt, 9999), StandardCharsets.UTF_8)
        .replace(repository.id(), "z".repeat(26));
    disk.write(attempt, Manifests.redigested(other));

    assertRefused(() -> restore(OPTIONS), "from another repository", "z".repeat(26));

    disk.write(attempt, other.getBytes(StandardCharsets.UTF_8));
    assertRefused(
        () -> restore(OPTIONS),
        "attempt.json is damaged",
        "nothing was changed",
        "empty the target");
  }

  /** --discard refuses a finished restore, so that it is no advice. */
  @Test
  void aFinishedRestoreOfAnotherRepositoryIsToBeMovedAway() throws Exception {
    restore(OPTIONS);
    Path mark = TARGET.resolve(RestoredMark.FILE_NAME);
    String other = new String(disk.read(mark, 9999), StandardCharsets.UTF_8)
        .replace(repository.id(), "z".repeat(26));
    disk.write(mark, Manifests.redigested(other));

    RunException refusal = catchThrowableOfType(RunException.class, () -> restore(OPTIONS));

    assertThat(refusal)
        .hasMessageContaining("a finished restore from another repository, " + "z".repeat(26))
        .hasMessageEndingWith("Restore into another directory, or move this one away");
    assertThat(refusal.remedies()).isEmpty();
  }

  @Test
  void whatARefusedServerStartLeftIsSetAside() throws Exception {
    leaveUnfinished(OPTIONS, 10);
    disk.write(TARGET.resolve("kurrent.ddb"), new byte[] {1});
    disk.write(
        TARGET.resolve("epoch.chk"), Checkpoint.unset(CheckpointName.EPOCH).bytes());
    disk.createFolders(INDEX.resolve("stream-existence"));
    disk.write(INDEX.resolve("stream-existence/streamExistenceFilter.dat"), new byte[] {2});

    RestoreReport report = restore(OPTIONS);

    assertThat(report.setAside()).anyMatch(s -> s.endsWith("kurrent.ddb"));
    assertThat(names(TARGET)).doesNotContain("kurrent.ddb");
    assertThat(names(TARGET.resolve(Target.SET_ASIDE))).contains("kurrent.ddb", "epoch.chk");
    assertThat(names(INDEX)).doesNotContain("stream-existence").contains(Target.SET_ASIDE);
    assertThat(Oracle.structural().arranged().check(set())).isEmpty();
  }

  @Test
  void anAlteredFileOfAnAttemptIsFetchedAgain() throws Exception {
    CrashingDisk next = crashedWithAChunkInPlace();
    Path chunk =
        TARGET.resolve(SmallDatabase.read(next.copy(), TARGET, INDEX).root().ceilingKey("chunk-"));
    byte[] bytes = next.read(chunk, 1 << 20);
    bytes[200] ^= 1;
    next.write(chunk, bytes);

    RestoreReport report = RestoreBench.restore(next, repository.open(), OPTIONS);

    assertThat(report.fetchedBytes()).isEqualTo(bytes.length);
    assertThat(Oracle.structural().arranged().check(SmallDatabase.read(next, TARGET, INDEX)))
        .isEmpty();
  }

  private CrashingDisk crashedWithAChunkInPlace() throws Exception {
    for (int n = 1; ; n++) {
      CrashingDisk crashing = new CrashingDisk().crashAt(n);
      try {
        RestoreBench.restore(crashing, repository.open(), OPTIONS);
      } catch (Crash expected) {
        DatabaseSet left = SmallDatabase.read(crashing.copy(), TARGET, INDEX);
        if (left.root().keySet().stream().anyMatch(name -> name.startsWith("chunk-"))) {
          return crashing.copy();
        }
      }
      assertThat(crashing.happened()).isTrue();
    }
  }

  @Test
  void takingOverIsPutRightAfterItFinished() throws Exception {
    restore(OPTIONS);

    assertThat(restore(OPTIONS.takingOver().dry()).outcome()).isEqualTo(Outcome.ALREADY_DONE);
    assertThat(takesOver()).isFalse();
    assertThat(restore(OPTIONS.takingOver()).outcome()).isEqualTo(Outcome.ALREADY_DONE);
    assertThat(takesOver()).isTrue();
    restore(OPTIONS);
    assertThat(takesOver()).isFalse();
  }

  private boolean takesOver() throws IOException {
    return RestoredMark.read(disk.read(TARGET.resolve(RestoredMark.FILE_NAME), 9999))
        .takesOver();
  }

  @Test
  void withoutTheIndexAfterItFinishedWithOne() throws Exception {
    restore(OPTIONS);

    assertRefused(
        () -> restore(OPTIONS.leavingIndexOut()),
        INDEX + " holds an index, which was to be excluded",
        "nothing was changed");
  }

  @Test
  void aNestedIndexIsTakenUpHoweverEarlyTheAttemptEnded() throws Exception {
    RestoreRequest nested = OPTIONS.withIndexIn(TARGET.resolve("deep/index"));
    boolean begun = false;
    for (int n = 1; !begun; n++) {
      CrashingDisk crashing = new CrashingDisk().crashAt(n);
      try {
        RestoreBench.restore(crashing, repository.open(), nested);
      } catch (Crash expected) {
        // goes on below
      }
      assertThat(crashing.happened()).isTrue();
      CrashingDisk left = crashing.copy();
      begun = left.look(TARGET.resolve(Target.STAGING + "/attempt.json")).isPresent();
      assertThat(RestoreBench.restore(left, repository.open(), nested).outcome())
          .isEqualTo(Outcome.RESTORED);
    }
  }
}
