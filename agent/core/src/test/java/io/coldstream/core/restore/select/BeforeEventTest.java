package io.coldstream.core.restore.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.manifest.Positions;
import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.restore.select.RestorePoint.BeforeEvent;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.testing.AppendedEvents;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.model.EventDatabase;
import io.coldstream.eventstore.testing.model.RecordImage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log ends before the write that an event is a part of. */
class BeforeEventTest {

  private static final int CHUNK_BYTES = 64 * 1024;

  @TempDir
  Path folder;

  private final EventDatabase database = new EventDatabase(CHUNK_BYTES);
  private final TestRepository repository = new TestRepository();
  private int backups;

  private void backUp() throws Exception {
    Path db = folder.resolve("db" + ++backups);
    database.set().writeTo(db);
    repository.backUp(db);
  }

  private RestorePlan plan(BeforeEvent event) throws Exception {
    return RestoreBench.restore(
            new CrashingDisk(),
            repository.open(),
            RestoreRequest.to(Path.of("/data/db")).at(event).dry())
        .plan();
  }

  private RestorePlan before(String stream, long number) throws Exception {
    return plan(new BeforeEvent(stream, number, OptionalLong.empty()));
  }

  private RestorePlan before(String stream, long number, long backup) throws Exception {
    return plan(new BeforeEvent(stream, number, OptionalLong.of(backup)));
  }

  private void refused(BeforeEvent event, String... saying) {
    assertThatThrownBy(() -> plan(event))
        .isInstanceOfSatisfying(RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessageContainingAll(saying);
  }

  private void refused(String stream, long number, String... saying) {
    refused(new BeforeEvent(stream, number, OptionalLong.empty()), saying);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theEventIsTheFirstRecordThatIsDropped(boolean index) throws Exception {
    database.event("a@1/é", "0");
    long kept = database.event("a@1/é", "1");
    long wanted = database.event("a@1/é", "2");
    database.event("b", "0");
    if (index) {
      database.table();
    }
    backUp();

    RestorePlan plan = before("a@1/é", 2);

    assertThat(plan.position()).isEqualTo(wanted);
    assertThat(plan.records().firstDropped().orElseThrow().record().position()).isEqualTo(wanted);
    assertThat(plan.records().lastKept().orElseThrow().record().position()).isEqualTo(kept);
    assertThat(plan.notes())
        .anyMatch(note -> note.contains("event a@1/é@2 is at position " + wanted));
  }

  @Test
  void theOldestBackupThatReachesTheEventIsRestored() throws Exception {
    database.event("a", "0");
    backUp();
    database.event("a", "1");
    backUp();
    database.event("a", "2");
    backUp();

    assertThat(before("a", 1).backup().sequence()).isEqualTo(1);
    assertThat(before("a", 2).backup().sequence()).isEqualTo(2);
    assertThat(before("a", 1, 3).backup().sequence()).isEqualTo(3);
    assertThat(before("a", 1, 3).position()).isEqualTo(before("a", 1).position());
  }

  @Test
  void whatIsNotThereHasAMessageOfItsOwn() throws Exception {
    database.event("a", "0");
    database.event("a", "1");
    database.table();
    backUp();

    refused(
        "a", 2, "event a@2 does not exist in backup 1, the newest: the stream has events 0 to 1");
    refused("A", 0, "there is no stream A in backup 1, the newest", "case-sensitive");
    refused(new BeforeEvent("a", 7, OptionalLong.of(1)), "event a@7 does not exist in backup 1: ");
    refused("n".repeat(10_000), 0, "there is no stream " + "n".repeat(60) + "... in");
  }

  @Test
  void aScavengedEventIsFoundInAnOlderBackup() throws Exception {
    List<Long> positions =
        List.of(database.event("a", "0"), database.event("a", "1"), database.event("a", "2"));
    database.nextChunk();
    database.event("b", "0");
    database.table();
    backUp();
    database.drop(positions.get(1));
    backUp();

    RestorePlan plan = before("a", 1);

    assertThat(plan.position()).isEqualTo(positions.get(1));
    assertThat(plan.backup().sequence()).isEqualTo(1);
    refused(
        new BeforeEvent("a", 1, OptionalLong.of(2)),
        "event a@1, which was at position " + positions.get(1),
        "was scavenged and is not in backup 2",
        "the stream has events 0 to 2",
        "--position " + positions.get(1));
  }

  @Test
  void aDamagedOlderBackupIsPassedOver() throws Exception {
    long wanted = database.event("a", "0");
    database.event("a", "1");
    database.nextChunk();
    database.event("b", "0");
    database.table();
    backUp();
    repository.remove(repository.find("chunk-000000.000000"));
    database.event("b", "1");
    database.drop(wanted);
    backUp();

    refused("a", 0, "was scavenged and is not in backup 2, the newest: ");
  }

  @Test
  void anEventThatEveryBackupLostNamesTheRangeThatIsLeft() throws Exception {
    long dropped = database.event("a", "0");
    database.event("a", "1");
    database.event("a", "2");
    database.nextChunk();
    database.event("b", "0");
    database.table();
    database.drop(dropped);
    backUp();
    database.event("b", "1");
    backUp();

    refused(
        "a",
        0,
        "was scavenged and is not in backup 2, the newest, nor in an older one of its history",
        "the stream has events 1 to 2");
  }

  @Test
  void aDeletedStreamNamesItsTombstone() throws Exception {
    long event = database.event("a", "0");
    database.nextChunk();
    long tombstone = database.tombstone("a");
    database.table();
    database.drop(event);
    backUp();

    refused("a", 0, "the stream was deleted by the record at position " + tombstone);
    refused("a", 5, "the stream was deleted", "--position " + tombstone);
  }

  @Test
  void anEventOfADeletedStreamThatIsStillThereIsFound() throws Exception {
    long event = database.event("a", "0");
    database.tombstone("a");
    backUp();

    assertThat(before("a", 0).position()).isEqualTo(event);
  }

  @Test
  void theWholeTransactionIsLeftOut() throws Exception {
    database.event("other", "0");
    List<Long> parts = database.open("a", 3);
    database.commit("a", parts);
    backUp();

    RestorePlan plan = before("a", 2);

    assertThat(plan.position()).isEqualTo(parts.get(0));
    assertThat(plan.notes())
        .anyMatch(note -> note.contains("in a transaction that begins at position " + parts.get(0)
            + ": all of it is left out"));
  }

  @Test
  void theWholeAtomicWriteIsLeftOut() throws Exception {
    Path db = Fixture.unpack("fresh-" + Fixtures.NEWEST, folder).database();
    AppendedEvents events = new AppendedEvents(db);
    int member = RecordImage.DATA | RecordImage.COMMITTED;
    Instant time = Instant.parse("2030-01-01T00:00:00Z");
    long begin = events.append("a", 0, "T", time, member | RecordImage.BEGIN);
    events.appendTo(begin, "a", 1, "T", time, member | RecordImage.END);
    repository.backUp(db);

    RestorePlan plan = before("a", 1);

    assertThat(plan.position()).isEqualTo(begin);
    assertThat(plan.notes())
        .anyMatch(note -> note.contains("in an atomic write that begins at position " + begin));
  }

  @Test
  void beforeTheFirstRecordOfTheLogThereIsNothing() throws Exception {
    database.event("a", "0");
    long dropped = database.event("b", "0");
    database.nextChunk();
    database.event("b", "1");
    database.drop(dropped);
    backUp();

    refused(
        "a",
        0,
        "that point is before the first place at which the log can be cut",
        "which was scavenged, so that the first point is its end, position "
            + Positions.text(CHUNK_BYTES));
  }

  @Test
  void aTruncatingRestoreIsRefused() throws Exception {
    database.event("a", "0");
    backUp();

    assertThatThrownBy(() -> RestoreBench.restore(
            new CrashingDisk(),
            repository.open(),
            RestoreRequest.to(Path.of("/data/db"))
                .at(new BeforeEvent("a", 0, OptionalLong.empty()))
                .truncating(1)))
        .hasMessageContaining("--before-event need --arrange direct");
  }
}
