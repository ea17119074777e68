package io.coldstream.core.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.inspect.LedgerEvents.Written;
import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks up every event that the writers of the real databases noted. */
class EventLookupTest {

  @TempDir
  Path folder;

  static Stream<Arguments> databases() {
    return Fixtures.names().stream()
        .filter(name -> !name.startsWith("fresh"))
        .flatMap(name -> Stream.of(true, false).map(index -> Arguments.of(name, index)));
  }

  @ParameterizedTest(name = "{0}, index: {1}")
  @MethodSource("databases")
  void anEventIsFoundExactlyWhenItsRecordIsInTheLog(String name, boolean index) throws Exception {
    Fixture fixture = Fixture.unpack(name, folder);
    List<Written> written = LedgerEvents.written(fixture);
    for (String state : fixture.expected().keySet()) {
      Path database = fixture.database(state);
      if (!index) {
        deleteIndex(database.resolve("index"));
      }
      TestRepository repository = TestRepository.of(database);
      BackupFiles files = BackupFiles.read(repository.open(), 1);
      assertThat(files.indexMap().isPresent()).isEqualTo(index);
      Set<UUID> there = LedgerEvents.inChunks(database, written, lengths(files));
      assertThat(there).as(state).isNotEmpty();
      // Without an index each stream costs a walk over the log.
      Set<String> streams = index ? Set.of() : Set.of("order-3", "late-1", "order-10");
      List<String> warnings = new ArrayList<>();
      EventLookup.<Void, IOException>in(
          files,
          new Reading(repository.open(), false, warnings::add),
          files.manifest().log().positions().restorePoint(),
          lookup -> {
            check(lookup, written, there, streams);
            return null;
          });
      assertThat(warnings).isEmpty();
    }
  }

  private static void check(
      EventLookup lookup, List<Written> written, Set<UUID> there, Set<String> streams)
      throws IOException {
    Map<String, List<Written>> byStream = written.stream()
        .filter(event -> streams.isEmpty() || streams.contains(event.stream()))
        .collect(Collectors.groupingBy(Written::stream));
    for (List<Written> stream : byStream.values()) {
      for (Written event : stream) {
        EventAnswer answer = lookup.find(event.stream(), event.number());
        if (answer instanceof EventAnswer.Found found) {
          assertThat(found.event().event().id()).isEqualTo(event.id());
          assertThat(found.event().number()).isEqualTo(event.number());
          assertThat(there).as(event.toString()).contains(event.id());
        } else {
          assertThat(there).as(event + " " + answer).doesNotContain(event.id());
        }
      }
    }
  }

  private static Map<String, Long> lengths(BackupFiles files) {
    Map<String, Long> lengths = new HashMap<>();
    for (FileEntry file : files.chunks()) {
      lengths.put(file.name(), file.lengthBytes());
    }
    return lengths;
  }

  private static void deleteIndex(Path index) throws IOException {
    Set<Path> files = new HashSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(index)) {
      all.forEach(files::add);
    }
    for (Path file : files) {
      if (Files.isRegularFile(file)) {
        Files.delete(file);
      }
    }
  }
}
