package io.coldstream.core.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.eventstore.testing.model.EventDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers about streams of every kind, in logs that a test writes event by event. */
class EventAnswerTest {

  private static final int CHUNK_BYTES = 64 * 1024;

  @TempDir
  Path folder;

  private final EventDatabase database = new EventDatabase(CHUNK_BYTES);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEventIsFoundWithWhatItsRecordHolds(boolean index) throws Exception {
    byte[] data = {1, 2, 3};
    database.event("a", "{}");
    long position = database.event("a", "kind", 0, data, new byte[] {9});
    database.event("b", "{}");
    if (index) {
      database.table();
    }

    EventAnswer.Found found = (EventAnswer.Found) find("a", 1);

    assertThat(found.event().position()).isEqualTo(position);
    assertThat(found.event().event().type()).isEqualTo("kind");
    assertThat(found.event().event().id()).isEqualTo(new UUID(1, 2));
    assertThat(found.event().event().data().remaining()).isEqualTo(3);
    assertThat(found.event().event().metadata().get()).isEqualTo((byte) 9);
    assertThat(found.event().event().prepare().timestamp().toEpochMilli())
        .isEqualTo(EventDatabase.FIRST_MILLIS + 2000);
  }

  @Test
  void anEventAboveTheIndexIsFoundInTheLog() throws Exception {
    database.event("a", "0");
    database.table();
    long position = database.event("a", "1");
    database.nextChunk();
    long last = database.event("a", "2");

    assertThat(position("a", 1)).isEqualTo(position);
    assertThat(position("a", 2)).isEqualTo(last);
    assertThat(state("a").last().orElseThrow().number()).isEqualTo(2);
    assertThat(state("a").first().orElseThrow().number()).isZero();
  }

  @Test
  void aStreamThatWasNeverWrittenIsNotThere() throws Exception {
    database.event("a", "0");
    database.table();
    database.event("b", "0");

    assertThat(find("c", 0)).isEqualTo(new EventAnswer.NoSuchStream());
    assertThat(state("c").exists()).isFalse();
  }

  @Test
  void aNumberThatIsNotThereIsAnsweredWithThoseThatAre() throws Exception {
    database.skipTo("a", 5);
    database.event("a", "5");
    database.event("a", "6");
    database.table();

    for (long number : new long[] {0, 4, 7, Long.MAX_VALUE}) {
      EventAnswer.NoSuchEvent answer = (EventAnswer.NoSuchEvent) find("a", number);
      assertThat(answer.stream().first().orElseThrow().number()).isEqualTo(5);
      assertThat(answer.stream().last().orElseThrow().number()).isEqualTo(6);
    }
  }

  @Test
  void anEventOfAnotherStreamWithTheSameHashIsNotTakenForIt() throws Exception {
    database.collide("b", "a");
    long a0 = database.event("a", "0");
    long b0 = database.event("b", "0");
    long b1 = database.event("b", "1");
    database.table();
    long a1 = database.event("a", "1");
    long b2 = database.event("b", "2");
    database.table();

    assertThat(position("a", 0)).isEqualTo(a0);
    assertThat(position("a", 1)).isEqualTo(a1);
    assertThat(find("a", 2)).isInstanceOf(EventAnswer.NoSuchEvent.class);
    assertThat(state("a").last().orElseThrow().position()).isEqualTo(a1);
    assertThat(b0).isLessThan(b1).isLessThan(b2);
  }

  @Test
  void aDroppedRecordIsAnsweredAsScavenged() throws Exception {
    long dropped = database.event("a", "0");
    long kept = database.event("a", "1");
    database.event("b", "0");
    database.nextChunk();
    database.event("b", "1");
    database.table();
    database.drop(dropped);

    EventAnswer.Scavenged answer = (EventAnswer.Scavenged) find("a", 0);

    assertThat(answer.position()).isEqualTo(dropped);
    assertThat(answer.stream().first().orElseThrow().position()).isEqualTo(kept);
    assertThat(position("a", 1)).isEqualTo(kept);
  }

  @Test
  void aTombstoneAnswersForEventsThatAreGone() throws Exception {
    long dropped = database.event("a", "0");
    long tombstone = database.tombstone("a");
    database.nextChunk();
    database.event("b", "0");
    database.table();
    database.drop(dropped);

    EventAnswer.Deleted answer = (EventAnswer.Deleted) find("a", 0);

    assertThat(answer.tombstone().position()).isEqualTo(tombstone);
    assertThat(answer.position()).contains(dropped);
    assertThat(((EventAnswer.Deleted) find("a", 1)).position()).isEmpty();
  }

  @Test
  void anEventOfADeletedStreamIsFoundAsLongAsItIsThere() throws Exception {
    long position = database.event("a", "0");
    database.table();
    long tombstone = database.tombstone("a");

    assertThat(position("a", 0)).isEqualTo(position);
    assertThat(state("a").tombstone().orElseThrow().position()).isEqualTo(tombstone);
    assertThat(state("a").last().orElseThrow().number()).isZero();
  }

  @Test
  void theNewestMetadataCounts() throws Exception {
    database.event("a", "0");
    database.metadata("a", "{\"$maxCount\": 7}");
    database.table();
    database.metadata("a", "{\"$tb\": 1, \"$maxAge\": 60, \"$maxCount\": \"many\"}");

    assertThat(state("a").metadata())
        .isEqualTo(new StreamMetadata(
            Optional.of(1L), Optional.empty(), Optional.of(Duration.ofSeconds(60))));
    assertThat(state("$$a").metadata().maxCount()).contains(1L);
  }

  @Test
  void metadataThatHidesEverythingIsASoftDeletion() throws Exception {
    database.event("a", "0");
    database.metadata("a", "{\"$tb\": 9223372036854775807}");
    database.event("old", "0");
    database.metadata("old", "{\"$tb\": 2147483647}");
    database.event("broken", "0");
    database.metadata("broken", "{\"$tb\": ");
    database.table();

    assertThat(state("a").isSoftDeleted()).isTrue();
    assertThat(state("old").isSoftDeleted()).isTrue();
    assertThat(state("broken").metadata()).isEqualTo(StreamMetadata.NONE);
    assertThat(find("a", 0)).isInstanceOf(EventAnswer.Found.class);
  }

  @Test
  void aTransactionCountsWhenItIsCommitted() throws Exception {
    database.event("a", "0");
    List<Long> early = database.open("a", 2);
    database.table();
    List<Long> late = database.open("a", 2);
    List<Long> never = database.open("a", 1);
    database.commit("a", early);
    database.commit("a", late);

    assertThat(position("a", 1)).isEqualTo(early.get(0));
    assertThat(position("a", 2)).isEqualTo(early.get(1));
    assertThat(position("a", 3)).isEqualTo(late.get(0));
    assertThat(position("a", 4)).isEqualTo(late.get(1));
    assertThat(find("a", 5)).isInstanceOf(EventAnswer.NoSuchEvent.class);
    assertThat(never).hasSize(1);
  }

  @Test
  void aRecordAboveTheAskedEndDoesNotCount() throws Exception {
    database.event("a", "0");
    long end = database.event("a", "1");
    database.table();
    database.event("a", "2");

    Repository repository = backUp();
    BackupFiles files = BackupFiles.read(repository, 1);
    EventLookup.<Void, IOException>in(files, reading(repository), end, lookup -> {
      assertThat(lookup.find("a", 0)).isInstanceOf(EventAnswer.Found.class);
      assertThat(lookup.find("a", 1)).isInstanceOf(EventAnswer.NoSuchEvent.class);
      assertThat(lookup.state("a").last().orElseThrow().number()).isZero();
      return null;
    });
  }

  @Test
  void longAndStrangeNamesAreFound() throws Exception {
    List<String> names = List.of(
        "s".repeat(10_000),
        "",
        "tab\tand\nline\u0000end",
        "\u00fcber-\u65e5\u672c-\ud83d\ude00",
        "x",
        "$$",
        "$");
    for (String name : names) {
      database.event(name, "0");
    }
    database.table();
    for (String name : names) {
      database.event(name, "1");
    }

    for (String name : names) {
      assertThat(position(name, 0)).as(name).isPositive();
      assertThat(position(name, 1)).as(name).isPositive();
    }
  }

  private long position(String stream, long number) throws Exception {
    return ((EventAnswer.Found) find(stream, number)).event().position();
  }

  private EventAnswer find(String stream, long number) throws Exception {
    return ask(lookup -> lookup.find(stream, number));
  }

  private StreamState state(String stream) throws Exception {
    return ask(lookup -> lookup.state(stream));
  }

  private <T> T ask(EventLookup.Question<T, IOException> question) throws Exception {
    Repository repository = backUp();
    return EventLookup.in(
        BackupFiles.read(repository, 1), reading(repository), Long.MAX_VALUE, question);
  }

  private static Reading reading(Repository repository) {
    return new Reading(repository, false, warning -> {
      throw new AssertionError(warning);
    });
  }

  private Repository backUp() throws Exception {
    return TestRepository.of(write()).open();
  }

  private Path write() throws Exception {
    database.set().writeTo(folder);
    return folder;
  }
}
