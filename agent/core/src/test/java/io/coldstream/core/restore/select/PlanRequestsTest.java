package io.coldstream.core.restore.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import io.coldstream.eventstore.testing.model.SyntheticDatabase.Shape;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Verb;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the plan of a restore to a point between backups asks of the store. */
class PlanRequestsTest {

  private static final RestoreRequest OPTIONS =
      RestoreRequest.to(Path.of("/data/db")).dry();

  @TempDir
  Path folder;

  private CountingStore store;
  private RestoreReport report;

  @Test
  void aTimeAmongThreeDaysOfARealDatabase() throws Exception {
    Fixture fixture = Fixture.unpack("series-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database("day1"));
    repository.backUp(fixture.database("day2"));
    repository.backUp(fixture.database("day3"));

    plan(repository, new RestorePoint.AtTime(between(repository, 1, 2)));

    assertThat(report.plan().backup().sequence()).isEqualTo(2);
    requireCost(30, 318_000);
  }

  @Test
  void aTimeAndAPositionAmongThirtyBackupsOfThreeHundredChunks() throws Exception {
    TestRepository repository = new TestRepository();
    Shape shape = new Shape(256 << 10, 10, 256 << 10, 128 << 10, 4096, 100, true, 4, 1);
    for (int day = 1; day <= 30; day++) {
      SyntheticDatabase.write(folder.resolve("db"), shape.reaching(10 * day, 128 << 10));
      repository.backUp(folder.resolve("db"));
    }

    plan(repository, new RestorePoint.AtTime(between(repository, 14, 15)));
    assertThat(report.plan().backup().sequence()).isEqualTo(15);
    requireCost(44, 521_000);

    plan(repository, new RestorePoint.AtPosition(report.plan().position()));
    assertThat(report.plan().backup().sequence()).isEqualTo(15);
    requireCost(27, 312_000);

    plan(repository, new RestorePoint.OfBackup(15));
    requireCost(18, 98_000);
  }

  @Test
  void aChunkIsReadOnceAndInFewRequests() throws Exception {
    TestRepository repository = new TestRepository();
    int size = 48 << 20;
    Shape shape = new Shape(size, 1, size, 1 << 20, 64 << 10, 100, false, 4, 1);
    SyntheticDatabase.write(folder.resolve("db"), shape);
    repository.backUp(folder.resolve("db"));
    // The model's clock goes on by a millisecond for each hundred bytes of the log.
    Manifest newest = repository.open().manifest(1);
    Instant time = newest
        .log()
        .restorePointTime()
        .minusMillis((newest.log().positions().restorePoint() - size / 10 * 9) / 100);

    plan(repository, new RestorePoint.AtTime(time));

    assertThat(report.plan().position()).isBetween(size / 10 * 8L, size / 10 * 9L);
    requireCost(45, 45_900_000);
  }

  private void plan(TestRepository repository, RestorePoint point) throws Exception {
    store = new CountingStore(repository.store());
    report =
        RestoreBench.restore(new CrashingDisk(), TestRepository.open(store), OPTIONS.at(point));
  }

  private static Instant between(TestRepository repository, long one, long other) throws Exception {
    Repository open = repository.open();
    long sum = open.manifest(one).log().restorePointTime().toEpochMilli()
        + open.manifest(other).log().restorePointTime().toEpochMilli();
    return Instant.ofEpochMilli(sum / 2);
  }

  /** The figures of benchmarks.md. */
  private void requireCost(int requests, long maxBytes) {
    assertThat(store.log().count()).isEqualTo(requests);
    assertThat(store.log().readBytes()).isLessThanOrEqualTo(maxBytes);
    assertThat(store.log().targets(Verb.READ).stream()
            .filter(name -> name.startsWith("manifests/") || name.startsWith("pages/")))
        .isNotEmpty()
        .doesNotHaveDuplicates();
  }
}
