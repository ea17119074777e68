package io.coldstream.core.restore.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.Positions;
import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.SmallDatabase;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.testing.ExpectedState;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.Oracle;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import io.coldstream.store.ObjectName;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Verb;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Positions and times between backups: every one of them gives a database that a server accepts. */
class PointInTimeTest {

  private static final Path TARGET = Path.of("/data/db");
  private static final Path INDEX = TARGET.resolve("index");
  private static final RestoreRequest OPTIONS = RestoreRequest.to(TARGET);

  @TempDir
  Path folder;

  private static RestoreRequest at(long position) {
    return OPTIONS.at(new RestorePoint.AtPosition(position));
  }

  private static RestoreRequest at(Instant time) {
    return OPTIONS.at(new RestorePoint.AtTime(time));
  }

  static Stream<String> fixtures() {
    return Fixtures.VERSIONS.stream().map(v -> "orders-" + v);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void knownCutsOfRealLogs(String name) throws Exception {
    Fixture fixture = Fixture.unpack(name, folder);
    ExpectedState state = fixture.expected("db");
    TestRepository repository = TestRepository.of(fixture.database());
    List<Long> cuts = new ArrayList<>(state.safeCuts().orElseThrow().first());
    cuts.addAll(state.safeCuts().orElseThrow().last());
    for (long cut : cuts) {
      Path target = folder.resolve("at-" + cut);
      RestoreReport report = RestoreBench.restore(
          new LocalDisk(),
          repository.open(),
          RestoreRequest.to(target).at(new RestorePoint.AtPosition(cut)));

      assertThat(report.plan().position()).isEqualTo(cut);
      assertThat(Oracle.structural().arranged().check(DatabaseSet.read(target))).isEmpty();
    }
  }

  @Test
  void aPositionInsideAGroupMovesDownToTheCutBeforeIt() throws Exception {
    Fixture fixture = Fixture.unpack("orders-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database());
    List<Long> last = fixture.expected("db").safeCuts().orElseThrow().last();

    RestoreReport report =
        RestoreBench.restore(new CrashingDisk(), repository.open(), at(last.get(1) + 1));

    assertThat(report.plan().position()).isEqualTo(last.get(1));
    assertThat(report.plan().notes()).anyMatch(n -> n.contains("is inside a record or a write"));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void anyPositionOfModelledServers(Profile profile) throws Exception {
    WriterModel model = new WriterModel(WriterModel.Settings.of(profile, 11).steady());
    TestRepository repository = new TestRepository();
    for (int day = 1; day <= 3; day++) {
      model.run(250);
      model.snapshot().writeTo(folder.resolve("day" + day));
      repository.backUp(folder.resolve("day" + day));
    }
    long end = repository.open().manifest(3).log().positions().restorePoint();
    Random random = new Random(5);
    for (int i = 0; i < 40; i++) {
      long position = 1 + (long) (random.nextDouble() * end);
      CrashingDisk disk = new CrashingDisk();
      RestoreReport report;
      try {
        report = RestoreBench.restore(disk, repository.open(), at(position));
      } catch (RunException e) {
        assertThat(e).hasMessageContaining("before the first place at which the log can be cut");
        continue;
      }
      // A position behind a chunk's last record means the next chunk's start.
      assertThat(report.plan().position()).isLessThanOrEqualTo(position + model.chunkSizeBytes());
      DatabaseSet there = SmallDatabase.read(disk, TARGET, INDEX);
      assertThat(Oracle.structural().withLedger(model.ledger()).arranged().check(there))
          .as("position %d of backup %d", position, report.plan().backup().sequence())
          .isEmpty();
      assertThat(RestoreBench.restore(disk, repository.open(), at(position)).outcome())
          .isEqualTo(RestoreReport.Outcome.ALREADY_DONE);
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void anyTimeOfModelledServers(Profile profile) throws Exception {
    WriterModel model = new WriterModel(WriterModel.Settings.of(profile, 12).steady());
    TestRepository repository = new TestRepository();
    for (int day = 1; day <= 3; day++) {
      model.run(250);
      model.snapshot().writeTo(folder.resolve("day" + day));
      repository.backUp(folder.resolve("day" + day));
    }
    Manifest first = repository.open().manifest(1);
    Manifest last = repository.open().manifest(3);
    long from = first.log().restorePointTime().toEpochMilli() / 2
        + last.log().restorePointTime().toEpochMilli() / 2;
    Instant middle = Instant.ofEpochMilli(from);
    CrashingDisk disk = new CrashingDisk();
    RestoreReport report = RestoreBench.restore(disk, repository.open(), at(middle));

    assertThat(report.plan().positionTime().orElseThrow()).isBeforeOrEqualTo(middle);
    DatabaseSet there = SmallDatabase.read(disk, TARGET, INDEX);
    assertThat(Oracle.structural().withLedger(model.ledger()).arranged().check(there))
        .isEmpty();
    assertThat(report.plan().position())
        .isGreaterThanOrEqualTo(first.log().positions().restorePoint());

    CrashingDisk end = new CrashingDisk();
    assertThat(RestoreBench.restore(end, repository.open(), at(last.log().restorePointTime()))
            .plan()
            .position())
        .isEqualTo(last.log().positions().restorePoint());
  }

  @Test
  void theOldestBackupThatReachesItIsTaken() throws Exception {
    Fixture fixture = Fixture.unpack("series-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database("day1"));
    repository.backUp(fixture.database("day2"));
    repository.backUp(fixture.database("day3"));
    long day1 = repository.open().manifest(1).log().positions().restorePoint();
    long day2 = repository.open().manifest(2).log().positions().restorePoint();

    assertThat(sequence(repository, day1)).isEqualTo(1);
    assertThat(sequence(repository, day1 - 1)).isEqualTo(1);
    assertThat(sequence(repository, day1 + 1)).isEqualTo(2);
    assertThat(sequence(repository, day2)).isEqualTo(2);
    // Day 3 is scavenged: of what only it has there is the end of a merged chunk, or else day 2.
    RestoreReport later = RestoreBench.restore(new CrashingDisk(), repository.open(), at(day2 + 1));
    assertThat(later.plan().backup().sequence()).isEqualTo(2);
    assertThat(later.plan().position()).isEqualTo(day2);
    assertThat(later.plan().notes()).anyMatch(note -> note.contains("was scavenged"));
    // A time after day 2, which day 3 can only be cut far before, leads to day 2.
    Instant time = repository.open().manifest(2).log().restorePointTime();
    RestoreReport timed =
        RestoreBench.restore(new CrashingDisk(), repository.open(), at(time.plusMillis(1)));
    assertThat(timed.plan().backup().sequence()).isEqualTo(2);
    assertThat(timed.plan().position()).isEqualTo(day2);
  }

  @Test
  void aDamagedBackupThatIsNotNeededIsPassedOver() throws Exception {
    Fixture fixture = Fixture.unpack("series-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database("day1"));
    repository.backUp(fixture.database("day2"));
    repository.backUp(fixture.database("day3"));
    long day1 = repository.open().manifest(1).log().positions().restorePoint();

    repository.alter(Layout.manifest(2), bytes -> Arrays.copyOf(bytes, bytes.length / 2));
    RestoreReport first = RestoreBench.restore(new CrashingDisk(), repository.open(), at(day1));
    assertThat(first.plan().backup().sequence()).isEqualTo(1);
    assertThat(first.plan().notes()).anyMatch(n -> n.startsWith("backup 2 was passed over: "));

    repository.alter(Layout.manifest(3), bytes -> Arrays.copyOf(bytes, bytes.length / 2));
    RestoreReport pointed = RestoreBench.restore(new CrashingDisk(), repository.open(), at(day1));
    assertThat(pointed.plan().position()).isEqualTo(day1);
    assertThat(pointed.plan().notes())
        .anyMatch(n -> n.startsWith("a newer backup was passed over: manifests/000000000003"));
  }

  @Test
  void insteadOfADamagedOldestBackupANewerOneIsTaken() throws Exception {
    WriterModel model = SmallDatabase.model(9, 300);
    model.snapshot().writeTo(folder.resolve("day1"));
    TestRepository repository = TestRepository.of(folder.resolve("day1"));
    List<ObjectName> pages = repository.open().manifest(1).files().pages().stream()
        .map(PageEntry::object)
        .toList();
    long day1 = repository.open().manifest(1).log().positions().restorePoint();
    model.run(300);
    model.snapshot().writeTo(folder.resolve("day2"));
    repository.backUp(folder.resolve("day2"));
    repository.remove(pages.get(0));

    RestoreReport report = RestoreBench.restore(new CrashingDisk(), repository.open(), at(day1));

    assertThat(report.plan().backup().sequence()).isEqualTo(2);
    assertThat(report.plan().position()).isEqualTo(day1);
    assertThat(report.plan().notes()).anyMatch(n -> n.startsWith("backup 1 was passed over: "));
  }

  @Test
  void ofSeveralBackupsTheNextAfterADamagedOneIsTaken() throws Exception {
    WriterModel model = SmallDatabase.model(9, 300);
    TestRepository repository = new TestRepository();
    for (int day = 1; day <= 4; day++) {
      model.snapshot().writeTo(folder.resolve("day" + day));
      repository.backUp(folder.resolve("day" + day));
      model.run(300);
    }
    long position = repository.open().manifest(1).log().positions().restorePoint() + 1;
    assertThat(sequence(repository, position)).isEqualTo(2);
    repository.remove(repository.open().manifest(2).files().pages().get(0).object());

    assertThat(sequence(repository, position)).isEqualTo(3);
  }

  private static long sequence(TestRepository repository, long position) throws RunException {
    return RestoreBench.restore(
            new CrashingDisk(), repository.open(), at(position).dry())
        .plan()
        .backup()
        .sequence();
  }

  @Test
  void insideAScavengedChunkOnlyItsEndsAreThere() throws Exception {
    Fixture fixture = Fixture.unpack("series-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database("day3"));
    BackupFiles files = BackupFiles.read(repository.open(), 1);
    var merged = files.completed().stream()
        .map(f -> f.chunk().orElseThrow())
        .filter(c -> c.scavenged() && c.firstNumber() > 0)
        .findFirst()
        .orElseThrow();
    long size = files.manifest().log().chunkSizeBytes();
    long inside = merged.firstNumber() * size + 1000;
    CrashingDisk disk = new CrashingDisk();

    RestoreReport report = RestoreBench.restore(disk, repository.open(), at(inside));

    assertThat(report.plan().position()).isEqualTo(merged.firstNumber() * size);
    assertThat(report.plan().notes())
        .anyMatch(n -> n.contains("scavenged")
            && n.contains(Positions.text((merged.lastNumber() + 1) * size)));
    assertThat(Oracle.structural().arranged().check(SmallDatabase.read(disk, TARGET, INDEX)))
        .isEmpty();
    assertThatThrownBy(() -> RestoreBench.restore(new CrashingDisk(), repository.open(), at(1000)))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE));
  }

  @Test
  void anIndexThatIsNewerIsLeftOut() throws Exception {
    Fixture fixture = Fixture.unpack("orders-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database());
    long commit = repository.open().manifest(1).files().index().orElseThrow().commitCheckpoint();

    RestoreReport early =
        RestoreBench.restore(new CrashingDisk(), repository.open(), at(commit / 2));
    assertThat(early.plan().keepsIndex()).isFalse();
    assertThat(early.plan().indexReason().orElseThrow())
        .contains("it ends at " + Positions.text(commit));
  }

  @Test
  void beyondTheNewestBackup() throws Exception {
    Fixture fixture = Fixture.unpack("fresh-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database());
    Manifest manifest = repository.open().manifest(1);

    assertUsage(
        repository,
        at(manifest.log().positions().restorePoint() + 1),
        "is beyond the newest backup");
    assertUsage(
        repository,
        at(manifest.log().restorePointTime().plusMillis(1)),
        "the newest backup's last record is of");
    assertUsage(repository, at(Instant.EPOCH), "nothing of the log lies below");
    assertUsage(repository, at(100).truncating(1), "need --arrange direct");
    assertUsage(repository, OPTIONS.at(new RestorePoint.OfBackup(2)), "there is no backup 2");
  }

  private static void assertUsage(
      TestRepository repository, RestoreRequest options, String saying) {
    CrashingDisk disk = new CrashingDisk();
    assertThatThrownBy(() -> RestoreBench.restore(disk, repository.open(), options))
        .isInstanceOfSatisfying(RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessageContaining(saying);
    assertThat(disk.operations()).isLessThan(20);
  }

  @Test
  void readsOnlyTheChunkThatItNeeds() throws Exception {
    Fixture fixture = Fixture.unpack("orders-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database());
    CountingStore store = new CountingStore(repository.store());
    Manifest manifest = repository.open().manifest(1);

    RestoreBench.restore(
        new CrashingDisk(),
        TestRepository.open(store),
        at(manifest.log().chunkSizeBytes() * 7 / 2).dry());

    assertThat(store.count(Verb.PUT)).isZero();
    assertThat(store.log().readBytes()).isLessThan(2 * manifest.log().chunkSizeBytes());
  }
}
