package io.coldstream.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coldstream.core.support.events.RunEvent;
import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import io.coldstream.eventstore.testing.model.SyntheticDatabase.Shape;
import io.coldstream.store.decorate.MeteredStore;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.PartedStore;
import io.coldstream.store.testkit.Verb;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose upload breaks off in a large file, and the next one. */
class ResumedUploadTest {

  private static final int PART_BYTES = 8 << 10;
  private static final int CHUNK_BYTES = 256 << 10;

  @TempDir
  Path temp;

  @BeforeEach
  void write() throws Exception {
    SyntheticDatabase.write(temp.resolve("db"), Shape.large(2, CHUNK_BYTES).withoutIndex());
  }

  @Test
  void resumedPartsAreReportedAndNotCountedAsSent() throws Exception {
    try (Bed bed = new Bed()) {
      PartedStore parted = new PartedStore(bed.memory, PART_BYTES, StoreTools.NONE);
      breakOffIn(bed, parted);
      bed.events.clear();

      MeteredStore metered = new MeteredStore(parted, System::nanoTime);
      BackupReport report = bed.backUp(temp.resolve("db"), metered);

      List<RunEvent.Resumed> resumed = events(bed, RunEvent.Resumed.class);
      // The put beside it may have been stopped on its way as well.
      assertThat(resumed).hasSizeBetween(1, 2).anyMatch(one -> one.partsThere() >= 10);
      assertThat(resumed).allSatisfy(one -> {
        assertThat(one.file()).startsWith("chunk-00000");
        assertThat(one.partsThere()).isBetween(1, 31);
        assertThat(one.parts()).isGreaterThan(30);
        assertThat(one.bytesThere()).isEqualTo((long) one.partsThere() * PART_BYTES);
      });
      int partsThere = resumed.stream().mapToInt(RunEvent.Resumed::partsThere).sum();
      assertThat(report.uploaded().resumedObjects()).isEqualTo(resumed.size());
      assertThat(report.uploaded().resumedParts()).isEqualTo(partsThere);
      long transferred = events(bed, RunEvent.Transferred.class).stream()
          .mapToLong(RunEvent.Transferred::bytes)
          .sum();
      long files = report.plan().toSend().stream()
          .filter(o -> !o.name().value().startsWith("checkpoints/"))
          .mapToLong(o -> o.lengthBytes())
          .sum();
      assertThat(transferred).isEqualTo(files - (long) partsThere * PART_BYTES);
      assertThat(metered.metrics().sentBytes()).isBetween(transferred, transferred + 10_000);
      SeriesBackupTest.assertHolds(bed, report.committed().orElseThrow(), temp.resolve("db"));
    }
  }

  @Test
  void aRunFromScratchReportsNoResumedParts() throws Exception {
    try (Bed bed = new Bed()) {
      BackupReport report =
          bed.backUp(temp.resolve("db"), new PartedStore(bed.memory, PART_BYTES, StoreTools.NONE));
      assertThat(events(bed, RunEvent.Resumed.class)).isEmpty();
      assertThat(report.uploaded().resumedObjects()).isZero();
      assertThat(report.uploaded().resumedParts()).isZero();
    }
  }

  /** Ends a run half-way through the first put whose source is a chunk. */
  private void breakOffIn(Bed bed, PartedStore parted) throws Exception {
    try (Bed counting = new Bed()) {
      CountingStore calls = new CountingStore(counting.memory);
      counting.backUp(temp.resolve("db"), calls);
      List<String> puts = calls.log().targets(Verb.PUT);
      int chunk = 0;
      while (!puts.get(chunk).startsWith("chunks/")) {
        chunk++;
      }
      FaultyStore store =
          new FaultyStore(parted, Fault.atCall(Verb.PUT, chunk + 1).halfway());
      assertThat(catchThrowable(() -> bed.backUp(temp.resolve("db"), store))).isNotNull();
      assertThat(store.happened()).isTrue();
    }
  }

  private static <E extends RunEvent> List<E> events(Bed bed, Class<E> kind) {
    return bed.events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
