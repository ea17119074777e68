package io.coldstream.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coldstream.core.manifest.Manifest;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.Verb;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read, sent, noted and remembered. */
class TransferTest {

  /** Header, footer and the looks at them, next to the file's own bytes. */
  private static final long LOOKS_BYTES = 4096;

  @TempDir
  Path temp;

  private Bed bed;
  private Path database;

  @BeforeEach
  void unpack() {
    bed = new Bed();
    database = Fixture.unpack("orders-" + Fixtures.NEWEST, temp).database();
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void eachByteOfACompletedChunkIsReadOnceAndOfAnUnchangedOneNotAtAll() throws Exception {
    WatchedFiles files = new WatchedFiles();
    bed.files = files;
    bed.backUp(database);
    Map<String, Long> first = Map.copyOf(files.readBytes);
    files.readBytes.clear();
    bed.backUp(database);
    for (String name : chunksWithoutEpochs(bed, bed.names("chunks/"))) {
      long lengthBytes = Files.size(database.resolve(name));
      assertThat(first.get(name)).as(name).isBetween(lengthBytes, lengthBytes + LOOKS_BYTES);
      assertThat(files.readBytes.get(name)).as(name).isLessThan(LOOKS_BYTES);
    }
  }

  @Test
  void filesOfAGroupGoInParallel() throws Exception {
    CountDownLatch two = new CountDownLatch(2);
    ObjectStore store = new HookedStore(bed.memory, what -> {
      if (what.startsWith("put chunks/")) {
        two.countDown();
        assertThat(two.await(60, TimeUnit.SECONDS)).isTrue();
      }
    });
    bed.backUp(database, store);
    assertThat(two.getCount()).isZero();
  }

  @Test
  void whatARunStoredIsNotedOnceAMinuteAndNotDigestedAgain() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    bed.clock = clock(() -> Bed.NOW.plusSeconds(61L * calls.incrementAndGet()));
    CountingStore counting = new CountingStore(bed.memory);
    int beforeActive = callOf(counting, "active/");
    try (Bed second = new Bed()) {
      second.clock = bed.clock;
      FaultyStore store =
          new FaultyStore(second.memory, Fault.atCall(Verb.PUT, beforeActive).crash());
      assertThat(catchThrowable(() -> second.backUp(database, store))).isNotNull();
      List<String> chunks = second.names("chunks/");
      assertThat(second.names("progress/")).isNotEmpty();
      assertThat(chunks).isNotEmpty();

      WatchedFiles files = new WatchedFiles();
      second.files = files;
      CountingStore again = new CountingStore(second.memory);
      BackupReport report = second.backUp(database, again);
      SeriesBackupTest.assertHolds(second, report.committed().orElseThrow(), database);
      assertThat(again.log().targets(Verb.PUT)).doesNotContainAnyElementsOf(chunks);
      for (String name : chunksWithoutEpochs(second, chunks)) {
        assertThat(files.readBytes.get(name)).as(name).isLessThan(LOOKS_BYTES);
      }
    }
  }

  @Test
  void withoutNotesWhatLiesOnTheStoreIsDigestedHere() throws Exception {
    CountingStore counting = new CountingStore(bed.memory);
    int beforeActive = callOf(counting, "active/");
    try (Bed second = new Bed()) {
      FaultyStore store =
          new FaultyStore(second.memory, Fault.atCall(Verb.PUT, beforeActive).crash());
      assertThat(catchThrowable(() -> second.backUp(database, store))).isNotNull();
      List<String> chunks = second.names("chunks/");
      assertThat(second.names("progress/")).isEmpty();
      CountingStore again = new CountingStore(second.memory);
      BackupReport report = second.backUp(database, again);
      SeriesBackupTest.assertHolds(second, report.committed().orElseThrow(), database);
      assertThat(again.log().targets(Verb.PUT)).doesNotContainAnyElementsOf(chunks);
    }
  }

  @Test
  void aDamagedNoteCostsReadingOnly() throws Exception {
    CountingStore counting = new CountingStore(bed.memory);
    int beforeActive = callOf(counting, "active/");
    try (Bed second = new Bed()) {
      FaultyStore store =
          new FaultyStore(second.memory, Fault.atCall(Verb.PUT, beforeActive).crash());
      assertThat(catchThrowable(() -> second.backUp(database, store))).isNotNull();
      for (String text : List.of("", "{", "{\"coldstream\":9}", "[".repeat(100_000))) {
        second.memory.replace(
            new ObjectName("progress/" + "a".repeat(26) + "/" + text.length() + ".json"),
            text.getBytes(StandardCharsets.UTF_8));
      }
      BackupReport report = second.backUp(database);
      SeriesBackupTest.assertHolds(second, report.committed().orElseThrow(), database);
    }
  }

  /** Epoch records are looked at by the capture, in a window of their chunk. */
  private static List<String> chunksWithoutEpochs(Bed bed, List<String> objects) throws Exception {
    Manifest manifest = bed.manifest(1);
    List<String> names = objects.stream()
        .map(object -> object.substring("chunks/".length(), object.lastIndexOf('-')))
        .filter(name -> manifest.lineage().epochs().stream()
            .noneMatch(epoch -> name.startsWith(
                "chunk-%06d".formatted(epoch.position() / manifest.chunkSizeBytes()))))
        .toList();
    assertThat(names).isNotEmpty();
    return names;
  }

  /** The number of the first put under a folder, in a run of its own. */
  private int callOf(CountingStore store, String folder) throws Exception {
    bed.backUp(database, store);
    List<String> puts = store.log().targets(Verb.PUT);
    for (int i = 0; i < puts.size(); i++) {
      if (puts.get(i).startsWith(folder)) {
        return i + 1;
      }
    }
    throw new AssertionError(puts);
  }

  private static Clock clock(Supplier<Instant> now) {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now.get();
      }
    };
  }
}
