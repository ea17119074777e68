package io.coldstream.core.restore.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.SmallDatabase;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.restore.select.RestorePoint;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.log.DescribedRecord;
import io.coldstream.eventstore.log.EventIdentity;
import io.coldstream.eventstore.testing.AppendedEvents;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.model.Ledger;
import io.coldstream.eventstore.testing.model.RecordImage;
import io.coldstream.eventstore.testing.model.WriterModel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore knows the last record that it keeps and the first one that it drops. */
class CutRecordsTest {

  private static final Path TARGET = Path.of("/data/db");
  private static final String ODD = "x\n\u001b[31m@7/\u202e" + "n".repeat(10_000);

  @TempDir
  Path folder;

  private static RestorePlan plan(TestRepository repository, RestorePoint point) throws Exception {
    return RestoreBench.restore(
            new CrashingDisk(),
            repository.open(),
            RestoreRequest.to(TARGET).at(point).dry())
        .plan();
  }

  private static void assertIs(DescribedRecord found, Ledger.Entry entry) {
    assertThat(found.record().position()).isEqualTo(entry.position());
    assertThat(found.record().endPosition()).isEqualTo(entry.end());
    switch (entry.kind()) {
      case EVENT ->
        assertThat(found.event())
            .contains(
                new EventIdentity(entry.stream(), OptionalLong.of(entry.eventNumber()), "Changed"));
      case TRANSACTION_PART ->
        assertThat(found.event())
            .contains(new EventIdentity(entry.stream(), OptionalLong.empty(), "Changed"));
      case COMMIT, EPOCH -> assertThat(found.event()).isEmpty();
    }
  }

  @Test
  void atManyPositionsTheyAreThoseThatTheServerWrote() throws Exception {
    WriterModel model = SmallDatabase.model(21, 700);
    model.snapshot().writeTo(folder.resolve("db"));
    TestRepository repository = TestRepository.of(folder.resolve("db"));
    Ledger.Branch log = model.ledger().current();
    long end = repository.open().manifest(1).log().positions().restorePoint();
    int unscavenged = 0;
    for (long position = end / 50; position < end; position += end / 50) {
      RestorePlan plan;
      try {
        plan = plan(repository, new RestorePoint.AtPosition(position));
      } catch (RunException e) {
        assertThat(e).hasMessageContaining("before the first place at which the log can be cut");
        continue;
      }
      assertThat(plan.records().unread()).isEmpty();
      DescribedRecord last = plan.records().lastKept().orElseThrow();
      assertIs(last, log.entries().get(last.record().position()));
      assertThat(last.record().endPosition()).isLessThanOrEqualTo(plan.position());
      if (plan.records().nothingDropped()) {
        assertThat(plan.position()).isEqualTo(end);
        continue;
      }
      DescribedRecord next = plan.records().firstDropped().orElseThrow();
      assertIs(next, log.entries().get(next.record().position()));
      assertThat(next.record().position()).isGreaterThanOrEqualTo(plan.position());
      assertThat(plan.positionTime()).contains(last.record().timestamp());
      if (plan.notes().stream().noneMatch(note -> note.contains("was scavenged"))) {
        unscavenged++;
      }
    }
    assertThat(unscavenged).isGreaterThan(10);
  }

  @Test
  void ofACompleteBackupNothingIsDropped() throws Exception {
    Fixture fixture = Fixture.unpack("orders-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database());

    CutRecords records = plan(repository, new RestorePoint.Latest()).records();

    assertThat(records.nothingDropped()).isTrue();
    assertThat(records.lastKept().orElseThrow().record().endPosition())
        .isEqualTo(fixture.expected("db").checkpoints().get("writer"));
  }

  @Test
  void namesOfAnyLengthAreComplete() throws Exception {
    Path database = Fixture.unpack("fresh-" + Fixtures.NEWEST, folder).database();
    AppendedEvents events = new AppendedEvents(database);
    events.append(ODD, 3, "Type\t1", Instant.EPOCH.plusSeconds(5));
    long cut = events.end();
    events.append("part", 0, "Part", Instant.EPOCH, RecordImage.DATA | RecordImage.BEGIN);
    TestRepository repository = TestRepository.of(database);

    RestorePlan plan = plan(repository, new RestorePoint.AtPosition(cut));

    assertThat(plan.position()).isEqualTo(cut);
    assertThat(plan.records().lastKept().orElseThrow().event())
        .contains(new EventIdentity(ODD, OptionalLong.of(3), "Type\t1"));
    assertThat(plan.records().lastKept().orElseThrow().record().timestamp())
        .isEqualTo(Instant.EPOCH.plusSeconds(5));
    assertThat(plan.records().firstDropped().orElseThrow().event())
        .contains(new EventIdentity("part", OptionalLong.empty(), "Part"));
  }

  @Test
  void recordsThatCannotBeReadDoNotStopARestoreOfACompleteBackup() throws Exception {
    Path database = Fixture.unpack("fresh-" + Fixtures.NEWEST, folder).database();
    TestRepository repository = TestRepository.of(database);
    repository.remove(repository.find("chunk-000000"));

    RestorePlan plan = plan(repository, new RestorePoint.Latest());

    assertThat(plan.records().lastKept()).isEmpty();
    assertThat(plan.records().nothingDropped()).isFalse();
    assertThat(plan.notes()).anyMatch(note -> note.contains("were not read: "));
    assertThat(plan.positionTime()).contains(plan.backup().log().restorePointTime());
  }
}
