package io.coldstream.core.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.inspect.LedgerEvents.Written;
import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.model.EventDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamRunTest {

  private static final RunListener SILENT = event -> {
    throw new AssertionError(event);
  };

  @TempDir
  Path folder;

  private final EventDatabase database = new EventDatabase(64 * 1024);

  static Stream<String> fixtures() {
    return Fixtures.names().stream().filter(name -> !name.startsWith("fresh"));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void everyStreamIsReadAsItsWriterNotedIt(String name) throws Exception {
    Fixture fixture = Fixture.unpack(name, folder);
    List<Written> written = LedgerEvents.written(fixture);
    for (String state : fixture.expected().keySet()) {
      TestRepository repository = TestRepository.of(fixture.database(state));
      BackupFiles files = BackupFiles.read(repository.open(), 1);
      Map<String, Long> lengths = new HashMap<>();
      files.chunks().forEach(file -> lengths.put(file.name(), file.lengthBytes()));
      Set<UUID> there = LedgerEvents.inChunks(fixture.database(state), written, lengths);
      Map<String, List<Written>> streams = written.stream()
          .filter(event -> there.contains(event.id()))
          .collect(Collectors.groupingBy(Written::stream));
      assertThat(streams).as(state).isNotEmpty();
      StreamRun run = new StreamRun(repository.open(), files, SILENT);
      for (Map.Entry<String, List<Written>> stream : streams.entrySet()) {
        List<Written> read = read(run, new StreamRequest(stream.getKey(), 0, Long.MAX_VALUE, true));
        assertThat(read)
            .as(state + " " + stream.getKey())
            .startsWith(stream.getValue().toArray(Written[]::new));
        // Of a killed server, the last write may have arrived without being acknowledged.
        boolean killed = name.startsWith("crash") || name.startsWith("cluster");
        assertThat(read)
            .hasSizeBetween(stream.getValue().size(), stream.getValue().size() + (killed ? 10 : 0));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void aServerShowsAtMostThreeEventsOfAStreamThatWasCut(String name) throws Exception {
    if (!name.startsWith("series")) {
      return;
    }
    Fixture fixture = Fixture.unpack(name, folder);
    TestRepository repository = TestRepository.of(fixture.database("day3"));
    StreamRun run =
        new StreamRun(repository.open(), BackupFiles.read(repository.open(), 1), SILENT);
    Map<String, List<Written>> streams =
        LedgerEvents.written(fixture).stream().collect(Collectors.groupingBy(Written::stream));
    int cut = 0;
    int deleted = 0;
    int whole = 0;
    for (List<Written> stream : streams.values()) {
      try {
        List<Written> shown =
            read(run, new StreamRequest(stream.get(0).stream(), 0, Long.MAX_VALUE, false));
        if (shown.size() == 3) {
          cut++;
          assertThat(shown).isEqualTo(stream.subList(stream.size() - 3, stream.size()));
        } else {
          whole++;
          assertThat(shown).isEqualTo(stream);
        }
      } catch (RunException e) {
        assertThat(e.kind()).isEqualTo(Kind.USAGE);
        assertThat(e).hasMessageContaining("deleted");
        deleted++;
      }
    }
    assertThat(List.of(cut, deleted)).containsExactly(6, 6);
    assertThat(whole).isPositive();
  }

  @Test
  void aPartOfAStreamIsRead() throws Exception {
    for (int i = 0; i < 150; i++) {
      database.event("a", "{\"n\":" + i + "}");
      database.event("b", "other");
      if (i == 60 || i == 120) {
        database.table();
      }
    }

    assertThat(numbers(new StreamRequest("a", 55, 10, false))).hasSize(10).startsWith(55L);
    assertThat(numbers(new StreamRequest("a", 0, Long.MAX_VALUE, false)))
        .hasSize(150)
        .isSorted()
        .startsWith(0L);
    assertThat(numbers(new StreamRequest("a", 115, 20, false))).endsWith(134L);
    assertThat(numbers(new StreamRequest("a", 150, 1, false))).isEmpty();
  }

  @Test
  void metadataHidesWhatAServerDoesNotShow() throws Exception {
    for (int i = 0; i < 10; i++) {
      database.event("count", "x");
      database.event("before", "x");
      database.event("age", "x");
    }
    database.metadata("count", "{\"$maxCount\": 3}");
    database.metadata("before", "{\"$tb\": 8}");
    // The backup was made in 1970, before the events: even a second is not over yet.
    database.metadata("age", "{\"$maxAge\": 1}");
    database.table();

    assertThat(numbers(new StreamRequest("count", 0, 99, false))).containsExactly(7L, 8L, 9L);
    assertThat(numbers(new StreamRequest("before", 0, 99, false))).containsExactly(8L, 9L);
    assertThat(numbers(new StreamRequest("before", 0, 99, true))).hasSize(10);
    assertThat(numbers(new StreamRequest("age", 0, 99, false))).hasSize(10);
    assertThat(numbers(new StreamRequest("$$count", 0, 99, false))).containsExactly(0L);
  }

  @Test
  void ofAMetadataStreamTheLastEventIsShown() throws Exception {
    database.event("a", "0");
    database.metadata("a", "{\"$maxCount\": 3}");
    database.metadata("a", "{\"$maxCount\": 4}");

    assertThat(numbers(new StreamRequest("$$a", 0, 99, false))).containsExactly(1L);
    assertThat(numbers(new StreamRequest("$$a", 0, 99, true))).containsExactly(0L, 1L);
  }

  @Test
  void aDeletedStreamIsShownOnlyInFull() throws Exception {
    database.event("hard", "0");
    database.metadata("hard", "{}");
    database.tombstone("hard");
    database.event("soft", "0");
    database.metadata("soft", "{\"$tb\": 9223372036854775807}");
    database.table();

    assertRefused(new StreamRequest("hard", 0, 9, false), "is deleted in backup 1");
    assertRefused(new StreamRequest("$$hard", 0, 9, false), "is deleted in backup 1");
    assertRefused(new StreamRequest("soft", 0, 9, false), "is soft-deleted in backup 1");
    assertRefused(new StreamRequest("hard", 0, 9, false), "--backup what an earlier backup holds");
    assertRefused(new StreamRequest("soft", 0, 9, false), "--backup what an earlier backup holds");
    assertRefused(new StreamRequest("none", 0, 9, true), "backup 1 has no stream \"none\"");
    assertRefused(new StreamRequest("s".repeat(9_000), 0, 9, true), "of 9000 characters");
    assertThat(numbers(new StreamRequest("hard", 0, 9, true))).containsExactly(0L, Long.MAX_VALUE);
    assertThat(numbers(new StreamRequest("soft", 0, 9, true))).containsExactly(0L);
  }

  @Test
  void aStreamThatWasRevivedBeginsWithItsNewEvents() throws Exception {
    database.event("a", "0");
    database.event("a", "1");
    database.metadata("a", "{\"$tb\": 2}");
    database.event("a", "2");

    assertThat(numbers(new StreamRequest("a", 0, 9, false))).containsExactly(2L);
  }

  private void assertRefused(StreamRequest request, String message) {
    assertThatThrownBy(() -> numbers(request))
        .isInstanceOfSatisfying(RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessageContaining(message);
  }

  private List<Long> numbers(StreamRequest request) throws Exception {
    database.set().writeTo(folder);
    Repository repository = TestRepository.of(folder).open();
    List<Long> numbers = new ArrayList<>();
    new StreamRun(repository, BackupFiles.read(repository, 1), SILENT)
        .run(request, event -> numbers.add(event.number()));
    return numbers;
  }

  private static List<Written> read(StreamRun run, StreamRequest request) throws RunException {
    List<Written> read = new ArrayList<>();
    StreamReport report = run.run(
        request,
        event -> read.add(new Written(
            event.event().prepare().stream().text(),
            event.number(),
            event.event().id(),
            LedgerEvents.sha256(event.event().data()))));
    assertThat(report.events()).isEqualTo(read.size());
    return read;
  }
}
