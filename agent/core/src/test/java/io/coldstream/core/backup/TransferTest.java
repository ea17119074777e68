package io.coldstream.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.core.backup.capture.Capture;
import io.coldstream.core.backup.capture.KnownFiles;
import io.coldstream.core.backup.plan.KnownToRun;
import io.coldstream.core.backup.plan.Planner;
import io.coldstream.core.backup.upload.ProgressNotes;
import io.coldstream.core.backup.upload.UploadStep;
import io.coldstream.core.repository.Condemned;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.decorate.RetryPolicy;
import io.coldstream.store.decorate.RetryingStore;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.MemoryStore;
import io.coldstream.store.testkit.Verb;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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

  /** Header, footer, and the epoch records that a capture looks at, next to the file's own bytes. */
  private static final long LOOKS_BYTES = 20_000;

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
    for (String name : files(bed.names("chunks/"))) {
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
    // By name: how many notes come before depends on how the uploads of the chunks overlap.
    ObjectStore store = HookedStore.dying(bed.memory, "put active/");
    assertThat(catchThrowable(() -> bed.backUp(database, store))).isNotNull();
    List<String> chunks = bed.names("chunks/");
    assertThat(bed.names("progress/")).isNotEmpty();
    assertThat(chunks).isNotEmpty();

    WatchedFiles files = new WatchedFiles();
    bed.files = files;
    CountingStore again = new CountingStore(bed.memory);
    BackupReport report = bed.backUp(database, again);
    SeriesBackupTest.assertHolds(bed, report.committed().orElseThrow(), database);
    assertThat(again.log().targets(Verb.PUT)).doesNotContainAnyElementsOf(chunks);
    for (String name : files(chunks)) {
      assertThat(files.readBytes.get(name)).as(name).isLessThan(LOOKS_BYTES);
    }
  }

  @Test
  void whatWasStoredSinceTheLastNoteIsNotedWhenTheRunFails() throws Exception {
    CountingStore counting = new CountingStore(bed.memory);
    int beforeActive = callOf(counting, "active/");
    try (Bed second = new Bed()) {
      Fault denied = Fault.atCall(Verb.PUT, beforeActive).as(StoreException.Kind.ACCESS_DENIED);
      RunException failure = catchThrowableOfType(
          RunException.class,
          () -> second.backUp(database, new FaultyStore(second.memory, denied)));
      assertThat(failure.kind()).isEqualTo(RunException.Kind.NO_ACCESS);
      assertThat(second.names("progress/")).hasSize(1);

      WatchedFiles files = new WatchedFiles();
      second.files = files;
      second.backUp(database);
      for (String name : files(second.names("chunks/"))) {
        assertThat(files.readBytes.get(name)).as(name).isLessThan(LOOKS_BYTES);
      }
    }
  }

  @Test
  void whatWasStoredIsNotedWhenTheRunIsInterrupted() {
    Thread run = Thread.currentThread();
    ObjectStore store = HookedStore.once(bed.memory, "put active/", what -> run.interrupt());
    RunException failure =
        catchThrowableOfType(RunException.class, () -> bed.backUp(database, store));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.kind()).isEqualTo(RunException.Kind.INTERRUPTED);
    assertThat(bed.names("progress/")).hasSize(1);
  }

  @Test
  void aNoteThatCannotBeWrittenIsAWarning() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    bed.clock = clock(() -> Bed.NOW.plusSeconds(61L * calls.incrementAndGet()));
    ObjectStore store = new HookedStore(bed.memory, what -> {
      if (what.startsWith("put progress/")) {
        throw new StoreException(StoreException.Kind.ACCESS_DENIED, what, null);
      }
    });
    BackupReport report = bed.backUp(database, store);
    assertThat(bed.names("progress/")).isEmpty();
    assertThat(bed.warnings("progress/")).hasSize(1);
    SeriesBackupTest.assertHolds(bed, report.committed().orElseThrow(), database);
  }

  @Test
  void aLostAnswerCostsNoFurtherReading() throws Exception {
    Map<String, Long> usual = readsOf(bed, bed.memory);
    CountingStore counting = new CountingStore(new MemoryStore());
    try (Bed second = new Bed();
        Bed third = new Bed()) {
      second.backUp(database, counting);
      List<String> puts = counting.log().targets(Verb.PUT);
      int chunk = 0;
      while (!puts.get(chunk).startsWith("chunks/")) {
        chunk++;
      }
      FaultyStore lost =
          new FaultyStore(third.memory, Fault.atCall(Verb.PUT, chunk + 1).after());
      RetryPolicy twice =
          new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofDays(1));
      Map<String, Long> reads =
          readsOf(third, new RetryingStore(lost, twice, new Random(1), duration -> {}));
      assertThat(lost.happened()).isTrue();
      for (String name : reads.keySet()) {
        long lengthBytes = Files.size(database.resolve(name));
        assertThat(reads.get(name)).as(name).isLessThanOrEqualTo(usual.get(name) + lengthBytes);
      }
      assertThat(third.manifest(1).totals()).isEqualTo(bed.manifest(1).totals());
    }
  }

  private Map<String, Long> readsOf(Bed of, ObjectStore store) throws Exception {
    WatchedFiles files = new WatchedFiles();
    of.files = files;
    of.backUp(database, store);
    Map<String, Long> chunks = new HashMap<>(files.readBytes);
    chunks.keySet().removeIf(name -> !name.startsWith("chunk-"));
    return chunks;
  }

  @Test
  void whatTheRunHasStoredIsNeitherKeptOpenNorUnknownToItsNextCapture() throws Exception {
    BackupParts parts = bed.parts(database, bed.memory);
    Planner planner =
        new Planner(bed.memory, "r".repeat(26), false, Set.of(), new Condemned(), event -> {});
    ProgressNotes notes = new ProgressNotes(bed.memory, "r".repeat(26), bed.clock, event -> {});
    UploadStep upload =
        new UploadStep(bed.memory, parts.workers(), notes, new Condemned(), parts.listener());
    for (int number = 1; number <= 2; number++) {
      try (Capture capture = parts.capture().capture(KnownFiles.NONE, number, false)) {
        assertThat(capture.pins().count())
            .isGreaterThan(capture.files().completed().size());
        KnownToRun known = new KnownToRun(KnownFiles.NONE, upload.soFar());
        assertThat(known.unknown(capture.files().completed()))
            .hasSize(number == 1 ? capture.files().completed().size() : 0);
        assertThat(capture.files().index()).isNotEmpty();
        for (DatabaseFile file : capture.files().index()) {
          if (file.kind() == DatabaseFile.Kind.INDEX_TABLE) {
            assertThat(known.knows(file)).isEqualTo(number == 2);
          }
        }
        upload.send(planner.plan(capture, Optional.empty(), upload.soFar()), capture);
        assertThat(capture.pins().count()).as("the active chunk").isEqualTo(1);
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

  /** The files of objects under {@code chunks/}. */
  private static List<String> files(List<String> objects) {
    assertThat(objects).isNotEmpty();
    return objects.stream()
        .map(object -> object.substring("chunks/".length(), object.lastIndexOf('-')))
        .toList();
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
