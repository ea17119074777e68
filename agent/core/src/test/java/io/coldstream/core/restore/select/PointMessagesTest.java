package io.coldstream.core.restore.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.manifest.Positions;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.testing.model.EventDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a point at which the log cannot end as asked. */
class PointMessagesTest {

  private static final int CHUNK_BYTES = 64 * 1024;
  private static final Instant FIRST = Instant.ofEpochMilli(EventDatabase.FIRST_MILLIS);

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

  private ChosenPoint at(long position) throws Exception {
    return choose(new RestorePoint.AtPosition(position));
  }

  private ChosenPoint at(Instant time) throws Exception {
    return choose(new RestorePoint.AtTime(time));
  }

  private ChosenPoint choose(RestorePoint point) throws Exception {
    return new PointChoice(repository.open(), false).choose(point, OptionalLong.empty());
  }

  private void refused(RestorePoint point, String... saying) {
    assertThatThrownBy(() -> choose(point))
        .isInstanceOfSatisfying(RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessageContainingAll(saying);
  }

  private static void assertNote(ChosenPoint point, String... saying) {
    assertThat(point.notes()).anySatisfy(note -> assertThat(note).contains(saying));
  }

  @Test
  void aTimeBeforeTheFirstRecordNamesThatRecord() throws Exception {
    database.event("a", "0");
    backUp();

    refused(
        new RestorePoint.AtTime(FIRST.minusSeconds(60)),
        "the first record of the log is of " + FIRST + ", after " + FIRST.minusSeconds(60) + ":",
        "nothing of the log lies below that point");
  }

  @Test
  void aTimeAfterTheLastRecordNamesThatRecord() throws Exception {
    database.event("a", "0");
    backUp();

    refused(
        new RestorePoint.AtTime(Instant.parse("2100-01-01T00:00:00Z")),
        "the newest backup's last record is of " + FIRST.plusSeconds(1),
        "before 2100-01-01T00:00:00Z");
  }

  @Test
  void aTimeBetweenTwoRecordsKeepsTheFirst() throws Exception {
    long first = database.event("a", "0");
    long second = database.event("a", "1");
    backUp();

    ChosenPoint point = at(FIRST.plusMillis(1500));

    assertThat(first).isLessThan(second);
    assertThat(point.position()).isEqualTo(second);
    assertThat(point.notes()).isEmpty();
  }

  @Test
  void aTimeInAStretchThatExistsOnlyScavengedNamesItsEnd() throws Exception {
    database.event("a", "0");
    database.nextChunk();
    long dropped = database.event("b", "0");
    database.event("b", "1");
    database.nextChunk();
    database.event("b", "2");
    database.drop(dropped);
    backUp();

    ChosenPoint point = at(FIRST.plusMillis(2500));

    assertThat(point.position()).isEqualTo(CHUNK_BYTES);
    assertNote(
        point,
        "that time lies in chunk-000001.000001, which was scavenged",
        "only its end, position " + Positions.text(2 * CHUNK_BYTES),
        "restore-points");
    assertThat(at(FIRST.plusMillis(3500)).notes()).isEmpty();
  }

  @Test
  void aPositionInAStretchThatExistsOnlyScavengedLeadsToTheBackupBefore() throws Exception {
    database.event("a", "0");
    database.nextChunk();
    long dropped = database.event("b", "0");
    long end = database.end();
    backUp();
    database.event("b", "1");
    long last = database.event("b", "2");
    database.nextChunk();
    database.event("b", "3");
    database.drop(dropped);
    backUp();

    ChosenPoint point = at(last);

    assertThat(point.files().manifest().sequence()).isEqualTo(1);
    assertThat(point.position()).isEqualTo(end);
    assertNote(
        point,
        "position " + Positions.text(last) + " lies in chunk-000001.000001, which was scavenged");
  }

  @Test
  void aPositionInsideARecordMovesToItsStart() throws Exception {
    database.event("a", "0");
    long second = database.event("a", "1");
    backUp();

    ChosenPoint point = at(second + 5);

    assertThat(point.position()).isEqualTo(second);
    assertNote(
        point,
        "position " + Positions.text(second + 5) + " is inside a record or a write",
        Positions.text(second));
  }

  @Test
  void aPositionInsideAnAtomicWriteMovesToItsStart() throws Exception {
    database.event("a", "0");
    long open = database.event("a", "type", 0, new byte[10], new byte[0]);
    List<Long> transaction = database.open("b", 2);
    database.commit("b", transaction);
    backUp();

    // The records of an explicit transaction are invisible without its end: the log may end there.
    assertThat(at(transaction.get(1)).position()).isEqualTo(transaction.get(1));
    assertThat(at(transaction.get(0) + 1).position()).isEqualTo(transaction.get(0));
    assertThat(open).isLessThan(transaction.get(0));
  }

  @Test
  void aPositionInTheUnusedEndOfAChunkMeansTheNextOne() throws Exception {
    database.event("a", "0");
    long unused = database.end() + 100;
    database.nextChunk();
    database.event("a", "1");
    backUp();

    ChosenPoint point = at(unused);

    assertThat(point.position()).isEqualTo(CHUNK_BYTES);
    assertNote(
        point,
        "position " + unused + " lies behind the last record of its chunk",
        "the start of the next one, " + CHUNK_BYTES);
  }
}
