package io.coldstream.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.Step;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.testkit.MemoryStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input, the source's part, as far as it shows after the capture: one test for each entry. */
class SourceInputTest {

  private static final String FIRST_CHUNK = "chunk-000000.000000";
  private static final String OTHER_CHUNK = "chunk-000002.000000";

  @TempDir
  Path temp;

  private Bed bed;
  private Path database;

  @BeforeEach
  void unpack() throws IOException {
    bed = new Bed();
    database = Fixture.unpack("orders-" + Fixtures.NEWEST, temp).database();
    try (Stream<Path> files = Files.walk(database)) {
      files.forEach(file -> file.toFile().setWritable(true));
    }
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void truncateArmedDuringTheUpload() throws Exception {
    ObjectStore store = HookedStore.once(
        bed.memory,
        "put chunks/",
        what -> Files.write(database.resolve("truncate.chk"), position(300_000)));
    refused(store, "truncate.chk");
    Files.write(database.resolve("truncate.chk"), position(-1));
    bed.backUp(database);
  }

  @ParameterizedTest
  @ValueSource(longs = {40, 5000, 140_000})
  void oneBitFlippedInACompletedChunk(long offset) throws Exception {
    flip(database.resolve(OTHER_CHUNK), offset);
    refused(bed.memory, OTHER_CHUNK);
    assertThat(bed.names("chunks/" + OTHER_CHUNK)).isEmpty();

    flip(database.resolve(OTHER_CHUNK), offset);
    SeriesBackupTest.assertHolds(bed, bed.backUp(database).committed().orElseThrow(), database);
  }

  @Test
  void oneBitFlippedInATable() throws Exception {
    Path table = table();
    flip(table, 200);
    refused(bed.memory, "--without-index");
    assertThat(bed.names("index/" + table.getFileName())).hasSizeLessThan(2);
    assertThat(bed.names("chunks/")).isEmpty();
  }

  @Test
  void oneBitFlippedInTheActiveChunkBelowTheChaser() throws Exception {
    Manifest good = bed.backUp(database).committed().orElseThrow();
    Path active = database.resolve(good.files().activeChunk().orElseThrow().name());
    flip(active, 130);
    RunException refusal = catchThrowableOfType(RunException.class, () -> bed.backUp(database));
    assertThat(refusal.kind()).isEqualTo(RunException.Kind.SOURCE_REFUSED);
    assertThat(refusal).hasMessageContaining(active.getFileName().toString());
    assertThat(bed.names("manifests/")).hasSize(1);
  }

  @Test
  void aFirstBackupThatIsRefusedByItsPlanMakesNoRepository() throws Exception {
    String active;
    try (Bed other = new Bed()) {
      active = other
          .backUp(database)
          .committed()
          .orElseThrow()
          .files()
          .activeChunk()
          .orElseThrow()
          .name();
    }
    flip(database.resolve(active), 130);
    refused(bed.memory, active);
    assertThat(bed.memory.names()).isEmpty();
  }

  @Test
  void aRepeatedCaptureKeepsNothingOpenThatTheRunHasStored() throws Exception {
    Path writer = database.resolve("writer.chk");
    byte[] end = Files.readAllBytes(writer);
    AtomicBoolean moved = new AtomicBoolean();
    WatchedFiles files = new WatchedFiles(() -> {
      if (moved.compareAndSet(true, false)) {
        write(writer, end);
      }
    });
    bed.files = files;
    List<Integer> open = new CopyOnWriteArrayList<>();
    bed.listener = event -> {
      if (event.equals(new RunEvent.StepStarted(Step.PLAN))) {
        open.add(files.open.get());
      }
    };
    ObjectStore store = HookedStore.once(bed.memory, "put pages/", what -> {
      write(writer, position(0));
      moved.set(true);
    });
    BackupReport report = bed.backUp(database, store);
    long stored = bed.names("chunks/").size()
        + bed.names("index/").stream()
            .filter(name -> !name.contains("bloomfilter") && !name.contains("indexmap"))
            .count();
    assertThat(report.captures()).isEqualTo(2);
    assertThat(open).hasSize(2);
    assertThat(open.get(0) - open.get(1)).isEqualTo((int) stored);
  }

  /** As if a server had cut its log and written other records into the chunk, below its last one. */
  @Test
  void aChunkRewrittenByATruncationIsCapturedAgain() throws Exception {
    Manifest good = bed.backUp(database).committed().orElseThrow();
    Path active = database.resolve(good.files().activeChunk().orElseThrow().name());
    Path writer = database.resolve("writer.chk");
    byte[] end = Files.readAllBytes(writer);
    long cutAt = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getLong() - 300;
    AtomicInteger rewritten = new AtomicInteger();
    bed.listener = event -> {
      if (event.equals(new RunEvent.StepStarted(Step.PLAN)) && rewritten.compareAndSet(0, 1)) {
        rewrite(active, writer, position(cutAt));
      }
    };
    bed.files = new WatchedFiles(() -> {
      if (rewritten.compareAndSet(1, 2)) {
        rewrite(active, writer, end); // the server has written on
      }
    });
    BackupReport report = bed.backUp(database);
    assertThat(report.captures()).isEqualTo(2);
    SeriesBackupTest.assertHolds(bed, report.committed().orElseThrow(), database);
  }

  @Test
  void aListenerThatThrowsLeavesNoFileOpen() {
    WatchedFiles files = new WatchedFiles();
    bed.files = files;
    bed.listener = event -> {
      if (event.equals(new RunEvent.StepStarted(Step.PLAN))) {
        throw new IllegalStateException("display");
      }
    };
    assertThatIllegalStateException().isThrownBy(() -> bed.backUp(database));
    assertThat(files.open).hasValue(0);
  }

  @Test
  void aFileShortenedWhileItIsRead() throws Exception {
    ObjectStore store = HookedStore.once(bed.memory, "put chunks/" + FIRST_CHUNK, what -> {
      try (RandomAccessFile file =
          new RandomAccessFile(database.resolve(FIRST_CHUNK).toFile(), "rw")) {
        file.setLength(100_000);
      }
    });
    refused(store, FIRST_CHUNK);
    assertThat(bed.names("chunks/" + FIRST_CHUNK)).isEmpty();
  }

  @Test
  void aFileDeletedWhileItIsReadIsKeptByItsPin() throws Exception {
    byte[] before = Files.readAllBytes(database.resolve(FIRST_CHUNK));
    ObjectStore store = HookedStore.once(
        bed.memory, "put checkpoints/", what -> Files.delete(database.resolve(FIRST_CHUNK)));
    BackupReport report = bed.backUp(database, store);
    assertThat(report.captures()).isEqualTo(1);
    Files.write(database.resolve(FIRST_CHUNK), before);
    SeriesBackupTest.assertHolds(bed, report.committed().orElseThrow(), database);
  }

  @Test
  void aFileReplacedWhileItIsReadIsKeptByItsPin() throws Exception {
    byte[] before = Files.readAllBytes(database.resolve(FIRST_CHUNK));
    Path other = Files.write(temp.resolve("other"), new byte[300_000]);
    ObjectStore store = HookedStore.once(
        bed.memory,
        "put checkpoints/",
        what ->
            Files.move(other, database.resolve(FIRST_CHUNK), StandardCopyOption.REPLACE_EXISTING));
    BackupReport report = bed.backUp(database, store);
    Files.write(database.resolve(FIRST_CHUNK), before);
    SeriesBackupTest.assertHolds(bed, report.committed().orElseThrow(), database);
  }

  @Test
  void aFileWithoutAPinThatIsDeletedForGoodIsRefused() throws Exception {
    bed.mostPins = 0;
    ObjectStore store = HookedStore.once(
        bed.memory, "put checkpoints/", what -> Files.delete(database.resolve(FIRST_CHUNK)));
    refused(store, "archive");
  }

  @Test
  void aScavengeUnderAnUploadWithoutPinsIsCapturedAgain() throws Exception {
    Fixture series = Fixture.unpack("series-" + Fixtures.NEWEST, temp);
    Path live = series.database("day2");
    bed.mostPins = 0;
    ObjectStore store = HookedStore.once(bed.memory, "put chunks/", what -> {
      Files.move(live, temp.resolve("before"));
      Files.move(series.database("day3"), live);
    });
    BackupReport report = bed.backUp(live, store);
    assertThat(report.captures()).isGreaterThan(1);
    assertThat(bed.events).anyMatch(RunEvent.Repeated.class::isInstance);
    SeriesBackupTest.assertHolds(bed, report.committed().orElseThrow(), live);
  }

  @Test
  void aRepeatThatStoresNothingNewEndsAfterFiveTimes() {
    WatchedFiles[] files = new WatchedFiles[1];
    files[0] = new WatchedFiles(() -> files[0].hidden.clear());
    bed.files = files[0];
    bed.mostPins = 0;
    ObjectStore store = new HookedStore(bed.memory, what -> {
      if (what.startsWith("put checkpoints/")) {
        Files.list(database.resolve("index"))
            .forEach(file -> files[0].hidden.add(file.getFileName().toString()));
        files[0].hidden.remove("indexmap");
      }
    });
    refused(store, "5 times in a row");
    assertThat(bed.names("checkpoints/")).hasSize(50);
  }

  @Test
  void moreChunksThanDescriptors() throws Exception {
    bed.mostPins = 1;
    BackupReport report = bed.backUp(database);
    assertThat(report.captures()).isEqualTo(1);
    SeriesBackupTest.assertHolds(bed, report.committed().orElseThrow(), database);
  }

  @Test
  void anInterruptEndsTheRunAndWhatWasUploadedIsUsed() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    ObjectStore store = new HookedStore(bed.memory, what -> {
      if (what.startsWith("put chunks/" + OTHER_CHUNK)) {
        reached.countDown();
        try {
          never.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    });
    FutureTask<RunException> run = new FutureTask<>(
        () -> catchThrowableOfType(RunException.class, () -> bed.backUp(database, store)));
    Thread thread = new Thread(run, "run");
    thread.start();
    reached.await();
    thread.interrupt();
    assertThat(run.get().kind()).isEqualTo(RunException.Kind.INTERRUPTED);
    assertThat(bed.names("manifests/")).isEmpty();
    List<String> uploaded = bed.names("index/");
    assertThat(uploaded).isNotEmpty();

    MemoryStore memory = bed.memory;
    bed.backUp(database);
    assertThat(memory.contents().keySet().stream().map(Object::toString).toList())
        .containsAll(uploaded);
  }

  private Path table() throws IOException {
    try (Stream<Path> files = Files.list(database.resolve("index"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().length() == 36)
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  private void refused(ObjectStore store, String message) {
    RunException refusal =
        catchThrowableOfType(RunException.class, () -> bed.backUp(database, store));
    assertThat(refusal).isNotNull().hasMessageContaining(message);
    assertThat(refusal.kind()).isEqualTo(RunException.Kind.SOURCE_REFUSED);
    assertThat(bed.names("manifests/")).isEmpty();
  }

  private static void rewrite(Path chunk, Path writer, byte[] end) {
    try {
      flip(chunk, 130);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(writer, end);
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void flip(Path file, long offset) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(offset);
      int value = bytes.read();
      bytes.seek(offset);
      bytes.write(value ^ 4);
    }
  }

  private static byte[] position(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }
}
