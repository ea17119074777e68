package io.coldstream.core.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.restore.select.RestorePoint.BeforeEvent;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.testing.model.EventDatabase;
import io.coldstream.store.ObjectName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An index that cannot be used costs time, not the answer: the log has it too. */
class DamagedIndexTest {

  private static final int EVENTS = 200;
  private static final int ENTRY_BYTES = 24;
  private static final int HEADER_BYTES = 128;

  /** Each of the two streams has 61 entries in the first table. */
  private static final int MIDDLE_OF_A = HEADER_BYTES + 30 * ENTRY_BYTES;

  @TempDir
  Path folder;

  private final List<String> warnings = new ArrayList<>();
  private final List<Long> positions = new ArrayList<>();
  private TestRepository repository;
  private ObjectName map;
  private ObjectName first;
  private ObjectName second;

  @BeforeEach
  void backUp() throws Exception {
    EventDatabase database = new EventDatabase(64 * 1024);
    for (int i = 0; i < EVENTS; i++) {
      positions.add(database.event("a", "{\"n\":" + i + "}"));
      database.event("b", "other");
      if (i == 60 || i == 150) {
        database.table();
      }
    }
    database.set().writeTo(folder.resolve("db"));
    repository = TestRepository.of(folder.resolve("db"));
    map = repository.find("index/indexmap");
    first = repository.find("index/" + new UUID(5, 0));
    second = repository.find("index/" + new UUID(5, 1));
  }

  private void damage(ObjectName name, String how) throws Exception {
    switch (how) {
      case "missing" -> repository.remove(name);
      case "cut" -> repository.alter(name, bytes -> Arrays.copyOf(bytes, bytes.length / 2));
      case "zeroed" -> repository.alter(name, bytes -> new byte[bytes.length]);
      default -> repository.flipBit(name);
    }
  }

  private List<Long> numbers() throws Exception {
    List<Long> numbers = new ArrayList<>();
    new StreamRun(
            repository.open(),
            BackupFiles.read(repository.open(), 1),
            event -> warnings.add(((RunEvent.Warning) event).text()))
        .run(new StreamRequest("a", 0, Long.MAX_VALUE, false), e -> numbers.add(e.number()));
    return numbers;
  }

  private void assertAllFromTheLog(ObjectName named) throws Exception {
    assertThat(numbers()).hasSize(EVENTS).isSorted().doesNotHaveDuplicates();
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("index of backup 1", "the log is read from its beginning instead")
        .contains(named.value().replaceFirst("index/", "").replaceFirst("-[0-9a-f]{32}$", ""));
  }

  @ParameterizedTest
  @CsvSource({"missing", "cut", "zeroed", "flipped"})
  void withoutTheIndexMapTheLogIsRead(String how) throws Exception {
    damage(map, how);
    assertAllFromTheLog(map);
  }

  @ParameterizedTest
  @CsvSource({"missing", "cut", "zeroed"})
  void withoutATableTheLogIsReadAndNoEventComesTwice(String how) throws Exception {
    // The second is read after events of the first were handed over.
    damage(second, how);
    assertAllFromTheLog(second);
  }

  /** Number, hash and position of an entry in the middle of the stream's. */
  @Test
  void anEntryThatIsAlteredHidesNoEvent() throws Exception {
    byte[] good = repository.store().contents().get(first);
    for (int bit = 0; bit < 8 * ENTRY_BYTES; bit++) {
      byte[] altered = good.clone();
      altered[MIDDLE_OF_A + bit / 8] ^= (byte) (1 << bit % 8);
      repository.store().replace(first, altered);
      warnings.clear();

      assertThat(numbers()).as("bit %d", bit).hasSize(EVENTS).isSorted();
      assertThat(warnings).as("bit %d", bit).hasSize(1);
    }
  }

  @Test
  void anIndexThatWasSentAgainIsReadInsteadOfTheLog() throws Exception {
    damage(second, "zeroed");
    repository.backUpAgain(folder.resolve("db"), second);

    assertThat(numbers()).hasSize(EVENTS);
    assertThat(warnings).isEmpty();
  }

  @Test
  void anyAlterationEndsInAnAnswerOrAFailureWithAName() throws Exception {
    Random random = new Random(Long.getLong("index.seed", 20261201L));
    for (int i = 0; i < 200; i++) {
      ObjectName name = List.of(map, first, second).get(random.nextInt(3));
      byte[] good = repository.store().contents().get(name);
      byte[] altered = good.clone();
      altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
      repository.store().replace(name, altered);

      assertThat(numbers()).as("alteration %d of %s", i, name).isSorted();

      repository.store().replace(name, good);
    }
  }

  @Test
  void aDamagedLogIsStillNamed() throws Exception {
    ObjectName chunk = chunkOf(positions.get(100));
    repository.remove(chunk);

    assertThatThrownBy(this::numbers)
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REPOSITORY_DAMAGED))
        .hasMessageContaining(chunk.value());
    assertThat(warnings).isEmpty();
  }

  private ObjectName chunkOf(long position) throws Exception {
    BackupFiles files = BackupFiles.read(repository.open(), 1);
    FileEntry chunk =
        files.chunks().get((int) (position / files.manifest().log().chunkSizeBytes()));
    return chunk.objects().get(0).object();
  }

  @ParameterizedTest
  @CsvSource({"missing", "zeroed"})
  void aRestoreUpToAnEventFindsItInTheLog(String how) throws Exception {
    damage(second, how);

    var plan = RestoreBench.restore(
            new CrashingDisk(),
            repository.open(),
            RestoreRequest.to(Path.of("/data/db"))
                .leavingIndexOut()
                .at(new BeforeEvent("a", 100, OptionalLong.empty())))
        .plan();

    assertThat(plan.position()).isEqualTo(positions.get(100));
    assertThat(plan.notes())
        .anyMatch(note -> note.contains("the log is read from its beginning instead"));
  }
}
