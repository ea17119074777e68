package io.coldstream.core.restore.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.DiscardedTail;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.log.ResentReader;
import io.coldstream.core.repository.log.StoredLog;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.restore.PositionEdit;
import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.RestoreRun;
import io.coldstream.core.restore.SmallDatabase;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.work.Workers;
import io.coldstream.eventstore.testing.model.ElectionLoss;
import io.coldstream.eventstore.testing.model.Oracle;
import io.coldstream.store.StoreException;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.Verb;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores from a repository whose backups 1 and 2 end with what an election discarded. */
class DiscardedTailTest {

  private static final Path TARGET = Path.of("/data/db");
  private static final RestoreRequest OPTIONS = RestoreRequest.to(TARGET);

  @TempDir
  Path folder;

  private final List<RunEvent> events = new ArrayList<>();
  private TestRepository repository;
  private ElectionLoss loss;
  private Manifest second;
  private Manifest third;

  @BeforeEach
  void backUp() throws Exception {
    loss = ElectionLoss.write(folder);
    repository = TestRepository.of(loss.first());
    second = repository.backUp(loss.second());
    third = repository.backUp(loss.afterElection());
    assertThat(third.forkedFrom().orElseThrow().sequence()).isEqualTo(2);
  }

  private long fork() {
    return third.forkedFrom().orElseThrow().position();
  }

  private RestorePlan plan(RestorePoint point) throws Exception {
    return restore(new CrashingDisk(), OPTIONS.at(point).dry()).plan();
  }

  private RestoreReport restore(CrashingDisk disk, RestoreRequest request) throws Exception {
    return restore(disk, repository.open(), request);
  }

  private RestoreReport restore(CrashingDisk disk, Repository from, RestoreRequest request)
      throws Exception {
    Workers workers = new Workers(Runnable::run, 1);
    return new RestoreRun(disk, RestoreBench.UNUSED, workers, RestoreBench.CLOCK, events::add)
        .run(from, request);
  }

  private List<String> warnings() {
    return events.stream()
        .filter(RunEvent.Warning.class::isInstance)
        .map(event -> ((RunEvent.Warning) event).text())
        .toList();
  }

  @Test
  void aBackupWithADiscardedTailIsRestoredWithAWarning() throws Exception {
    RestorePlan plan = plan(new RestorePoint.OfBackup(2));

    long end = second.log().positions().restorePoint();
    assertThat(plan.discarded()).hasValue(new DiscardedTail(2, fork(), end, 3));
    assertThat(plan.restoresDiscarded()).isTrue();
    assertThat(plan.position()).isEqualTo(end);
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains(
            "backup 2 ends with " + (end - fork()) + " bytes from position " + fork() + " on",
            "backup 3 continues without them",
            "--position " + fork() + " excludes them");
  }

  @Test
  void anOlderBackupBeyondTheForkIsWarnedOfToo() throws Exception {
    assertThat(plan(new RestorePoint.OfBackup(1)).discarded().orElseThrow().discardedBy())
        .isEqualTo(3);
    assertThat(warnings()).hasSize(1);
  }

  @Test
  void theNamedPositionLeavesTheTailOut() throws Exception {
    CrashingDisk disk = new CrashingDisk();

    RestoreReport report = restore(disk, OPTIONS.at(new RestorePoint.AtPosition(fork())));

    assertThat(report.plan().position()).isEqualTo(fork());
    assertThat(report.plan().discarded()).isEmpty();
    assertThat(warnings()).isEmpty();
    assertThat(Oracle.structural()
            .withLedger(loss.ledger())
            .arranged()
            .check(SmallDatabase.read(disk, TARGET, TARGET.resolve("index"))))
        .isEmpty();
  }

  @Test
  void theNewestBackupHasNoWarning() throws Exception {
    assertThat(plan(new RestorePoint.Latest()).discarded()).isEmpty();
    assertThat(plan(new RestorePoint.OfBackup(3)).discarded()).isEmpty();
    assertThat(warnings()).isEmpty();
  }

  @Test
  void aTimeInADiscardedTailFollowsTheNewestBackupAndWarns() throws Exception {
    Instant inTail = second.log().restorePointTime();

    RestorePlan plan = plan(new RestorePoint.AtTime(inTail));

    assertThat(plan.position()).isLessThanOrEqualTo(fork());
    assertThat(plan.restoresDiscarded()).isFalse();
    assertThat(plan.discarded().orElseThrow().position()).isEqualTo(fork());
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("the requested time is in the discarded tail of backup 2", "--backup 2 includes");
  }

  @Test
  void aTimeBeforeADiscardedTailIsRestoredWithoutAWarning() throws Exception {
    Instant before = new StoredLog(
            BackupFiles.read(repository.open(), 2), new ResentReader(repository.open(), 2, false))
        .recordBelow(fork())
        .orElseThrow()
        .record()
        .timestamp()
        .minusMillis(1);

    assertThat(plan(new RestorePoint.AtTime(before)).discarded()).isEmpty();
    assertThat(warnings()).isEmpty();
  }

  @Test
  void aRestoreOfWhatWasTheNewestIsWarnedOfWhenItIsResumed() throws Exception {
    ChosenPoint chosen = new PointChoice(repository.open(), false)
        .choose(new RestorePoint.Latest(), OptionalLong.of(2));

    assertThat(chosen.discarded().orElseThrow().discardedBy()).isEqualTo(3);
  }

  @Test
  void aTruncatingRestoreThatCutsTheTailOffDoesNotWarn() throws Exception {
    repository.put(PositionEdit.withChaser(second, fork()));
    RestoreRequest truncating =
        OPTIONS.at(new RestorePoint.OfBackup(2)).truncating(1 << 20).dry();

    RestorePlan plan = restore(new CrashingDisk(), truncating).plan();

    assertThat(plan.position()).isEqualTo(fork());
    assertThat(plan.discarded()).isEmpty();
    assertThat(warnings()).isEmpty();

    repository.put(PositionEdit.withChaser(second, second.log().positions().restorePoint()));
    assertThat(restore(new CrashingDisk(), truncating).plan().restoresDiscarded())
        .isTrue();
  }

  @Test
  void whereListingIsNotAllowedTheRestoreSaysThatItDidNotCompare() throws Exception {
    FaultyStore store = new FaultyStore(
        repository.store(), Fault.atCall(Verb.LIST, 1).as(StoreException.Kind.ACCESS_DENIED));

    RestorePlan plan = restore(
            new CrashingDisk(),
            TestRepository.open(store),
            OPTIONS.at(new RestorePoint.OfBackup(2)).dry())
        .plan();

    assertThat(store.happened()).isTrue();
    assertThat(plan.discarded()).isEmpty();
    assertThat(plan.notes()).anyMatch(note -> note.contains("was not checked"));
  }

  @Test
  void aDamagedNewerManifestDoesNotStopTheRestore() throws Exception {
    repository.flipBit(Layout.manifest(3));

    RestorePlan plan = plan(new RestorePoint.OfBackup(2));

    assertThat(plan.discarded()).isEmpty();
    assertThat(plan.notes()).anyMatch(note -> note.startsWith("backup 3 was skipped: "));
  }
}
