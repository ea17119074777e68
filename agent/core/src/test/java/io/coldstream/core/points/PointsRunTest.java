package io.coldstream.core.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.points.LogStretch.Ends;
import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.SmallDatabase;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.restore.plan.PlannedFile;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.restore.select.RestorePoint;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.model.ElectionLoss;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import io.coldstream.store.testkit.CountingStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The points that are reported are those that a restore reaches, at the cost that is reported. */
class PointsRunTest {

  @TempDir
  Path folder;

  private static RestorePoints points(TestRepository repository) throws Exception {
    return new PointsRun(new Workers(Runnable::run, 1)).run(repository.open());
  }

  private static RestorePlan plan(TestRepository repository, long position) throws Exception {
    RestoreReport report = RestoreBench.restore(
        new CrashingDisk(),
        repository.open(),
        RestoreRequest.to(Path.of("/data/db"))
            .at(new RestorePoint.AtPosition(position))
            .dry());
    return report.plan();
  }

  private static long restorePoint(TestRepository repository, long sequence) throws Exception {
    return repository.open().manifest(sequence).log().positions().restorePoint();
  }

  private static void assertReachable(TestRepository repository, LogStretch stretch, long position)
      throws Exception {
    RestorePlan plan = plan(repository, position);
    assertThat(plan.position()).isEqualTo(position);
    assertThat(plan.backup().sequence()).isBetween(stretch.firstBackup(), stretch.lastBackup());
    if (position == stretch.to()) {
      long chunks = plan.files().stream()
          .filter(file -> file.place() == PlannedFile.Place.DATABASE)
          .mapToLong(file -> file.entry().lengthBytes())
          .sum();
      assertThat(stretch.cost().chunkBytes()).isEqualTo(chunks);
      assertThat(stretch.cost().indexBytes().isPresent()).isEqualTo(plan.keepsIndex());
      assertThat(stretch.cost().bytes())
          .isEqualTo(plan.files().stream()
              .mapToLong(file -> file.entry().lengthBytes())
              .sum());
      assertThat(stretch.toTime()).isEqualTo(plan.positionTime());
    }
  }

  @Test
  void ofThreeDaysTheThirdWasScavengedBeforeItsBackup() throws Exception {
    Fixture fixture = Fixture.unpack("series-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database("day1"));
    repository.backUp(fixture.database("day2"));
    repository.backUp(fixture.database("day3"));

    RestorePoints points = points(repository);

    assertThat(points.newestBackup()).isEqualTo(3);
    assertThat(points.notes()).isEmpty();
    assertThat(points.stretches()).hasSizeGreaterThan(1);
    LogStretch first = points.stretches().get(0);
    assertThat(first.from()).isZero();
    assertThat(first.to()).isEqualTo(restorePoint(repository, 2));
    assertThat(first.ends()).isInstanceOf(Ends.Anywhere.class);
    assertThat(first.firstBackup()).isEqualTo(1);
    assertThat(first.lastBackup()).isEqualTo(2);
    LogStretch second = points.stretches().get(1);
    assertThat(second.ends()).isInstanceOf(Ends.OfScavengedChunks.class);
    long end = 0;
    for (LogStretch stretch : points.stretches()) {
      assertThat(stretch.from()).isEqualTo(end);
      end = stretch.to();
      if (stretch.ends() instanceof Ends.OfScavengedChunks scavenged) {
        for (long position : scavenged.positions()) {
          assertReachable(repository, stretch, position);
        }
        long inside = (stretch.from() + scavenged.positions().get(0)) / 2;
        assertThat(plan(repository, inside).position()).isNotEqualTo(inside);
      } else {
        assertReachable(repository, stretch, stretch.to());
      }
    }
    assertThat(end).isEqualTo(restorePoint(repository, 3));
    assertThat(points.discarded()).isEmpty();
    assertThat(points.clock().read()).isEqualTo(points.clock().chunks());
    assertThat(points.clock().steps()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void everyReportedPointOfModelledServersIsReached(Profile profile) throws Exception {
    WriterModel model = new WriterModel(WriterModel.Settings.of(profile, 41).steady());
    TestRepository repository = new TestRepository();
    for (int day = 1; day <= 4; day++) {
      model.run(250);
      model.snapshot().writeTo(folder.resolve("day" + day));
      repository.backUp(folder.resolve("day" + day));
    }

    RestorePoints points = points(repository);

    long reached = points.stretches().get(0).from();
    int checked = 0;
    for (LogStretch stretch : points.stretches()) {
      assertThat(stretch.from()).isEqualTo(reached);
      reached = stretch.to();
      if (stretch.ends() instanceof Ends.OfScavengedChunks scavenged) {
        for (long position : scavenged.positions()) {
          assertReachable(repository, stretch, position);
          checked++;
        }
      } else {
        for (long cut : model.ledger().current().safeCuts(stretch.to())) {
          // The end of a chunk's last record stands for the start of the next chunk.
          boolean atGap = model.ledger().current().entries().get(cut) == null;
          if (cut > stretch.from() && !atGap && checked % 7 == 0) {
            assertReachable(repository, stretch, cut);
          }
          checked++;
        }
      }
    }
    assertThat(reached).isEqualTo(restorePoint(repository, 4));
    assertThat(checked).isGreaterThan(50);
  }

  @Test
  void aDiscardedEndIsReachedOnlyWithItsBackup() throws Exception {
    ElectionLoss loss = ElectionLoss.write(folder);
    TestRepository repository = TestRepository.of(loss.second());
    repository.backUp(loss.afterElection());

    RestorePoints points = points(repository);

    assertThat(points.newestBackup()).isEqualTo(2);
    DiscardedEnd discarded = points.discarded().get(0);
    assertThat(points.discarded()).hasSize(1);
    assertThat(discarded.tail().sequence()).isEqualTo(1);
    assertThat(discarded.tail().end()).isEqualTo(restorePoint(repository, 1));
    assertThat(discarded.time()).isEqualTo(repository.open().manifest(1).log().restorePointTime());
    LogStretch all = points.stretches().get(points.stretches().size() - 1);
    assertThat(all.ends()).isInstanceOf(Ends.Anywhere.class);
    assertThat(all.firstBackup()).isEqualTo(1);
    assertThat(all.lastBackup()).isEqualTo(2);
    assertThat(all.to()).isEqualTo(restorePoint(repository, 2));
    assertReachable(repository, all, all.to());
    assertReachable(repository, all, discarded.tail().position());
  }

  @Test
  void aClockThatGoesBackIsSeenBetweenChunks() throws Exception {
    WriterModel model = SmallDatabase.model(31, 300);
    model.stepClock(Duration.ofHours(-1));
    model.run(300);
    model.snapshot().writeTo(folder.resolve("db"));

    RestorePoints points = points(TestRepository.of(folder.resolve("db")));

    assertThat(points.clock().steps()).hasSize(1);
    ClockStep step = points.clock().steps().get(0);
    assertThat(Duration.between(step.after(), step.before()))
        .isBetween(Duration.ofMinutes(55), Duration.ofHours(1));
    assertThat(step.from()).isLessThan(step.to());
  }

  @Test
  void aDamagedBackupIsPassedOver() throws Exception {
    Fixture fixture = Fixture.unpack("series-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database("day1"));
    repository.backUp(fixture.database("day2"));
    repository.flipBit(Layout.manifest(1));

    RestorePoints points = points(repository);

    assertThat(points.notes()).anyMatch(note -> note.startsWith("backup 1 was passed over: "));
    assertThat(points.stretches()).hasSize(1);
    assertThat(points.stretches().get(0).firstBackup()).isEqualTo(2);
    repository.flipBit(Layout.manifest(2));
    assertThatThrownBy(() -> points(repository))
        .isInstanceOfSatisfying(
            RunException.class,
            e -> assertThat(e.kind()).isEqualTo(RunException.Kind.REPOSITORY_DAMAGED));
  }

  @Test
  void aLogThatCannotBeReadHasStretchesWithoutTimes() throws Exception {
    Path database = Fixture.unpack("orders-" + Fixtures.NEWEST, folder).database();
    TestRepository repository = TestRepository.of(database);
    Manifest manifest = repository.open().manifest(1);
    for (FileEntry chunk : BackupFiles.read(repository.open(), manifest).chunks()) {
      repository.remove(chunk.objects().get(0).object());
    }

    RestorePoints points = points(repository);

    assertThat(points.notes())
        .singleElement()
        .asString()
        .startsWith("times of records were not read from backup 1: ");
    assertThat(points.stretches().get(0).fromTime()).isEqualTo(Optional.empty());
    assertThat(points.stretches().get(0).toTime()).contains(manifest.log().restorePointTime());
  }

  @Test
  void theRequestsAreBounded() throws Exception {
    Fixture fixture = Fixture.unpack("series-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database("day1"));
    repository.backUp(fixture.database("day2"));
    repository.backUp(fixture.database("day3"));
    CountingStore store = new CountingStore(repository.store());

    new PointsRun(new Workers(Runnable::run, 1)).run(TestRepository.open(store));

    assertThat(store.log().count()).isLessThanOrEqualTo(45);
    assertThat(store.log().readBytes()).isLessThan(300_000);
  }

  @Test
  void anEmptyRepositoryHasNoPoints() throws Exception {
    TestRepository repository =
        TestRepository.of(Fixture.unpack("fresh-" + Fixtures.NEWEST, folder).database());
    repository.remove(Layout.manifest(1));

    assertThatThrownBy(() -> points(repository))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("no manifest");
  }
}
