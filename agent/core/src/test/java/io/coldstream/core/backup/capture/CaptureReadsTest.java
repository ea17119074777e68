package io.coldstream.core.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.files.DatabaseFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which order a capture reads, how much, and what it does when files move under its hands. */
class CaptureReadsTest {

  private static final int FACTS_BYTES = 256;

  /** A few looks at the tail and one at the latest epoch, of 64 KiB each, however long the log. */
  private static final long MAX_TAIL_BYTES = 6 * 64 * 1024;

  @TempDir
  private Path folder;

  private Rig rig;
  private RecordingFiles files;

  @BeforeEach
  void unpack() {
    rig = Rig.orders(folder).through(local -> {
      files = new RecordingFiles(local);
      return files;
    });
  }

  @Test
  void theOrderMakesASetOfWhatIsRead() throws Exception {
    rig.capture().close();
    List<String> order = files.uses.stream()
        .filter(name -> name.endsWith(".chk") || name.equals("indexmap") || name.endsWith("/"))
        .toList();
    assertThat(order)
        .containsExactly(
            "db/",
            "truncate.chk",
            "chaser.chk",
            "indexmap",
            "indexmap",
            "chaser.chk",
            "epoch.chk",
            "writer.chk",
            "proposal.chk",
            "db/",
            "index/");
    assertThat(files.uses.indexOf("chunk-000000.000000"))
        .isGreaterThan(files.uses.lastIndexOf("db/"));
  }

  @Test
  void pinsAreTakenFromTheIndexOnThenTheActiveChunkThenDownwards() throws Exception {
    rig.with(settings -> settings.withMostPins(7));
    try (Capture capture = rig.capture()) {
      assertThat(capture.pins().count()).isEqualTo(7);
      assertThat(files.open).isEqualTo(7);
      files.forget();
      for (Chunk chunk : capture.files().completed()) {
        capture.pins().open(chunk).close();
      }
      // Two tables and their filters, chunks 7, 6 and 5 were kept: the others are opened now.
      assertThat(files.uses)
          .containsExactly(
              "chunk-000000.000000",
              "chunk-000001.000000",
              "chunk-000002.000000",
              "chunk-000003.000000",
              "chunk-000004.000000");
    }
    assertThat(files.open).isZero();
  }

  @Test
  void anUnchangedDatabaseCostsHeadersAndFooters() throws Exception {
    RememberedFiles known = new RememberedFiles();
    long lastEpoch;
    try (Capture first = rig.capture()) {
      CapturedCopy.of(first, known);
      known.remember(first.log().lineage());
      lastEpoch = first.log().lineage().last().position();
    }
    rig.known = known;
    files.forget();
    try (Capture second = rig.capture()) {
      long read = 0;
      for (Chunk chunk : second.files().completed()) {
        if (lastEpoch >= chunk.startPosition() && lastEpoch < chunk.endPosition()) {
          continue;
        }
        read++;
        assertThat(files.bytes.get(chunk.name().toString()))
            .as(chunk.name().toString())
            .isEqualTo(FACTS_BYTES);
      }
      assertThat(read).isGreaterThanOrEqualTo(second.files().completed().size() - 1L);
      assertThat(second.files().index())
          .filteredOn(file -> file.kind() == DatabaseFile.Kind.INDEX_TABLE)
          .isNotEmpty()
          .allSatisfy(table -> assertThat(files.bytes.get(table.fileName())).isLessThan(300));
      assertThat(files.total()).isLessThan(MAX_TAIL_BYTES);
    }
    assertThat(files.open).isZero();
  }

  @Test
  void aFileDeletedBetweenListingAndOpeningIsListedAgain() throws Exception {
    byte[] bytes = rig.read("chunk-000003.000000");
    once("chunk-000003.000000", () -> {
      rig.write("chunk-000003.000001", bytes);
      rig.delete("chunk-000003.000000");
    });
    try (Capture capture = rig.capture()) {
      assertThat(capture.files().completed().get(3).name()).hasToString("chunk-000003.000001");
    }
    assertThat(rig.events).isEmpty();
  }

  @Test
  void aFileReplacedBetweenLookingAndPinningIsListedAgain() throws Exception {
    byte[] bytes = rig.read("chunk-000003.000000");
    bytes[20] ^= 1;
    AtomicInteger openings = new AtomicInteger();
    files.before = name -> {
      if (name.equals("chunk-000003.000000") && openings.incrementAndGet() == 2) {
        rig.delete("chunk-000003.000000");
        rig.write("chunk-000003.000000", bytes);
      }
    };
    Chunk before;
    try (Capture capture = rig.capture()) {
      before = capture.files().completed().get(3);
      assertThat(before.header().id().bytes()[2]).isEqualTo(bytes[20]);
      assertThat(openings).hasValue(4);
    }
  }

  @Test
  void filesPinnedByAnEarlierListingAreClosed() throws Exception {
    BuiltLog log = new BuiltLog();
    log.epoch();
    for (int i = 0; i < 3; i++) {
      log.event();
      log.nextChunk();
    }
    log.event();
    AtomicInteger openings = new AtomicInteger();
    Rig built = log.rig().through(disk -> {
      RecordingFiles recording = new RecordingFiles(disk);
      recording.before = name -> {
        // The second time it is to be kept open, and those above it are.
        if (name.equals("chunk-000000.000000") && openings.incrementAndGet() == 2) {
          for (int number = 0; number < 2; number++) {
            log.scavenge(number);
          }
          log.rig();
          for (int number = 0; number < 2; number++) {
            log.disk.delete(Path.of("built", "db", "chunk-00000" + number + ".000000"));
          }
        }
      };
      return recording;
    });
    try (Capture capture = built.capture()) {
      assertThat(capture.files().completed())
          .extracting(chunk -> chunk.name().toString())
          .containsExactly("chunk-000000.000001", "chunk-000001.000001", "chunk-000002.000000");
      assertThat(capture.pins().count()).isEqualTo(4);
      assertThat(log.disk.openFiles()).isEqualTo(4);
    }
  }

  @Test
  void aFileShortenedWhileItIsReadIsCapturedAgain() throws Exception {
    byte[] bytes = rig.read("chunk-000003.000000");
    AtomicInteger openings = new AtomicInteger();
    files.before = name -> {
      if (name.equals("chunk-000003.000000")) {
        rig.write(name, openings.getAndIncrement() == 0 ? new byte[200] : bytes);
      }
    };
    try (Capture capture = rig.capture()) {
      assertThat(capture.files().completed()).hasSize(7);
    }
    assertThat(rig.events).hasSize(1);
    assertThat(files.open).isZero();
  }

  @Test
  void aFileReplacedBeforeItsTurnMovesTheSource() throws Exception {
    rig.with(settings -> settings.withMostPins(1));
    try (Capture capture = rig.capture()) {
      Chunk chunk = capture.files().completed().get(3);
      rig.flip("chunk-000003.000000", -1);
      assertThat(Moved.message(() -> capture.pins().open(chunk)))
          .contains("chunk-000003.000000", "is not the file that was captured");
      rig.delete("chunk-000003.000000");
      assertThat(Moved.message(() -> capture.pins().open(chunk)))
          .contains("chunk-000003.000000", "was deleted");
    }
    assertThat(files.open).isZero();
  }

  @Test
  void aPinnedFileOutlivesItsName() throws Exception {
    byte[] bytes = rig.read("chunk-000003.000000");
    try (Capture capture = rig.capture()) {
      Chunk chunk = capture.files().completed().get(3);
      Files.delete(rig.db.resolve("chunk-000003.000000"));
      for (int i = 0; i < 2; i++) {
        try (var file = capture.pins().open(chunk)) {
          assertThat(file.readFully(0, bytes.length)).isEqualTo(bytes);
        }
      }
      capture.pins().release(chunk);
      assertThat(Moved.message(() -> capture.pins().open(chunk))).contains("was deleted");
    }
  }

  @Test
  void moreChunksThanDescriptors() throws Exception {
    rig.with(settings -> settings.withMostPins(0));
    try (Capture capture = rig.capture()) {
      assertThat(capture.pins().count()).isZero();
      assertThat(files.open).isZero();
      assertThat(CapturedCopy.of(capture, new RememberedFiles()).root()).hasSize(13);
      rig.step().recheck(capture);
    }
  }

  @Test
  void aDiskThatDeletedFilesFillMovesTheSource() throws Exception {
    rig.with(settings -> settings.withMinFreeBytes(1000));
    try (Capture capture = rig.capture()) {
      Chunk chunk = capture.files().completed().get(3);
      rig.freeBytes = 999;
      capture.pins().open(chunk).close();
      rig.delete("chunk-000002.000000");
      assertThat(Moved.message(() -> capture.pins().open(chunk)))
          .contains("999 bytes free", "--min-free", "258048 bytes");
      rig.freeBytes = 1000;
      capture.pins().open(chunk).close();
    }
  }

  private void once(String file, Runnable action) {
    AtomicInteger openings = new AtomicInteger();
    files.before = name -> {
      if (name.equals(file) && openings.getAndIncrement() == 0) {
        action.run();
      }
    };
  }
}
