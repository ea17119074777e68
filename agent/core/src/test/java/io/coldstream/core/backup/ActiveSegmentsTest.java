package io.coldstream.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.ManifestJson;
import io.coldstream.core.repository.manifest.Manifests;
import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import io.coldstream.eventstore.testing.model.SyntheticDatabase.Shape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the active chunk is stored while it grows. */
class ActiveSegmentsTest {

  private static final int STEP_BYTES = 2000;

  @TempDir
  Path temp;

  private Bed bed;
  private Path database;
  private Shape shape;

  @BeforeEach
  void open() {
    bed = new Bed();
    database = temp.resolve("db");
    shape = new Shape(1 << 20, 2, 200_000, 2000, 300, 100, false, 4, 7);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void whatWasAppendedIsASegmentOfItsOwn() throws Exception {
    FileEntry first = backUp(2, STEP_BYTES);
    FileEntry second = backUp(2, 2 * STEP_BYTES);
    assertThat(first.objects()).hasSize(1);
    assertThat(second.objects()).hasSize(2);
    assertThat(second.objects().get(0)).isEqualTo(first.objects().get(0));
    assertThat(second.objects().get(1).object().lastComponent())
        .startsWith(first.lengthBytes() + "-" + second.lengthBytes() + "-");
    assertThat(bed.names("active/")).hasSize(2);
  }

  @Test
  void manySegmentsAreFoldedIntoOneAndTheOldOnesStay() throws Exception {
    int steps = 34;
    FileEntry entry = null;
    for (int step = 1; step <= steps; step++) {
      entry = backUp(2, step * STEP_BYTES);
      assertThat(entry.objects()).hasSizeLessThanOrEqualTo(32);
    }
    assertThat(entry.objects()).hasSize(2);
    assertThat(entry.objects().get(0).object().lastComponent()).startsWith("0-");
    for (long sequence = 1; sequence < steps; sequence++) {
      for (FileEntry chunk : SeriesBackupTest.chunks(bed.repository(), bed.manifest(sequence))) {
        SeriesBackupTest.bytes(bed.memory.contents(), chunk);
      }
    }
  }

  @Test
  void aChunkThatCompletedIsStoredWholeOnce() throws Exception {
    backUp(2, STEP_BYTES);
    FileEntry next = backUp(3, STEP_BYTES);
    assertThat(next.name()).isEqualTo("chunk-000003.000000");
    assertThat(bed.names("chunks/")).hasSize(3);
    assertThat(next.objects()).hasSize(1);
  }

  @Test
  void aWriterOnAChunksStartNeedsNoActiveChunk() throws Exception {
    SyntheticDatabase.write(database, shape.reaching(2, 0));
    Manifest manifest = bed.backUp(database).committed().orElseThrow();
    assertThat(manifest.files().activeChunk()).isEmpty();
    SeriesBackupTest.assertHolds(bed, manifest, database);
  }

  /** The same chunk id and number, other records: left by a truncation and a new leader. */
  @Test
  void aChunkThatBeginsOtherwiseIsStoredAnew() throws Exception {
    FileEntry first = backUp(2, STEP_BYTES);
    String text = new String(ManifestJson.write(bed.manifest(1)), StandardCharsets.UTF_8);
    String other = text.replace(first.objects().get(0).sha256().hex(), "0".repeat(64));
    bed.memory.replace(Layout.manifest(1), Manifests.redigested(other));
    FileEntry second = backUp(2, 2 * STEP_BYTES);
    assertThat(second.objects()).hasSize(1);
    assertThat(second.objects().get(0).object().lastComponent())
        .startsWith("0-" + second.lengthBytes() + "-");
  }

  private FileEntry backUp(int completed, int activeBytes) throws Exception {
    SyntheticDatabase.write(database, shape.reaching(completed, activeBytes));
    Manifest manifest = bed.backUp(database).committed().orElseThrow();
    SeriesBackupTest.assertHolds(bed, manifest, database);
    List<FileEntry> chunks = SeriesBackupTest.chunks(bed.repository(), manifest);
    assertThat(chunks).hasSize(completed + 1);
    return manifest.files().activeChunk().orElseThrow();
  }
}
