package io.coldstream.core.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.manifest.LeftOut;
import io.coldstream.core.support.failure.RunException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a capture makes of chunk files that are wrong, or that only look like chunk files. */
class CaptureBadChunksTest {

  private static final long CHUNK_BYTES = 262_144;

  @TempDir
  private Path folder;

  private Rig rig;

  @BeforeEach
  void unpack() {
    rig = Rig.orders(folder);
  }

  @Test
  void aChunkMissingInTheMiddle() {
    rig.delete("chunk-000003.000000");
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("I2", "no file holds chunk number 3", "chunk-000004.000000");
  }

  @Test
  void aCompletedChunkWithoutFooter() {
    byte[] bytes = rig.read("chunk-000003.000000");
    Arrays.fill(bytes, bytes.length - 128, bytes.length, (byte) 0);
    rig.write("chunk-000003.000000", bytes);
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("chunk-000003.000000", "I2", "no footer");
  }

  @Test
  void aCompletedChunkCut() {
    byte[] bytes = rig.read("chunk-000003.000000");
    rig.write("chunk-000003.000000", Arrays.copyOf(bytes, bytes.length - 4096));
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("chunk-000003.000000", "I2");
  }

  @Test
  void aCompletedChunkOfAFewBytes() {
    rig.write("chunk-000003.000000", new byte[100]);
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("chunk-000003.000000", "I2", "100 bytes");
  }

  @Test
  void aFlippedBitInACompletedChunkIsForTheUploadToFind() throws Exception {
    rig.flip("chunk-000003.000000", 5000);
    try (Capture capture = rig.capture()) {
      assertThat(capture.files().completed()).hasSize(7);
    }
  }

  @Test
  void aFlippedBitInACompletedChunksHeader() {
    rig.flip("chunk-000003.000000", 0);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("chunk-000003.000000", "I2", "file type 66");
  }

  @Test
  void aFlippedBitInTheTailOfTheLog() {
    long writer = rig.checkpoint("writer.chk");
    int offset = (int) (128 + writer % CHUNK_BYTES);
    rig.flip("chunk-000007.000000", offset - 2);
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("chunk-000007.000000", "I1");
  }

  @Test
  void zerosInTheTailOfTheLogAreRefusedWithTheChunkNamed() {
    byte[] bytes = rig.read("chunk-000007.000000");
    int end = (int) (128 + rig.checkpoint("writer.chk") % CHUNK_BYTES);
    Arrays.fill(bytes, end - 40, end, (byte) 0);
    rig.write("chunk-000007.000000", bytes);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("chunk-000007.000000", "I1", "the length before it is 0");
  }

  @Test
  void aCompletedChunkWithTheHeaderOfAnother() {
    byte[] bytes = rig.read("chunk-000003.000000");
    System.arraycopy(rig.read("chunk-000004.000000"), 0, bytes, 0, 128);
    rig.write("chunk-000003.000000", bytes);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("chunk-000003.000000", "I2", "header of chunk number 4");
  }

  @Test
  void aScavengedChunkAtTheEndOfTheLog() {
    byte[] bytes = rig.read("chunk-000007.000000");
    bytes[14] = 1;
    rig.write("chunk-000007.000001", bytes);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("chunk-000007.000001", "I3", "is scavenged");
  }

  @Test
  void theChunkAboveTheEndIsLeftOut() throws Exception {
    rig.write("chunk-000008.000000", rig.read("chunk-000007.000000"));
    try (Capture capture = rig.capture()) {
      assertThat(capture.leftOut())
          .contains(new LeftOut("chunk-000008.000000", "above the end of the captured log"));
      assertThat(capture.files().active().orElseThrow().chunk().name())
          .hasToString("chunk-000007.000000");
      assertThat(capture.warnings()).isEmpty();
    }
  }

  @Test
  void aFileThatOldServersTakeForAChunk() throws Exception {
    rig.write("chunk-000001.backup", rig.read("chunk-000001.000000"));
    assertLeftOutWithWarning("chunk-000001.backup");
  }

  @Test
  void aFolderNamedLikeAChunk() throws Exception {
    Files.createDirectory(rig.db.resolve("chunk-000001.000009"));
    assertLeftOutWithWarning("chunk-000001.000009");
  }

  @Test
  void aDanglingLinkNamedLikeAChunk() throws Exception {
    Files.createSymbolicLink(rig.db.resolve("chunk-000001.000009"), folder.resolve("gone"));
    assertLeftOutWithWarning("chunk-000001.000009");
  }

  private void assertLeftOutWithWarning(String name) throws Exception {
    try (Capture capture = rig.capture()) {
      assertThat(capture.leftOut()).extracting(LeftOut::name).contains(name);
      assertThat(capture.warnings()).hasSize(1).allMatch(warning -> warning.contains(name));
      assertThat(capture.files().completed().get(1).name()).hasToString("chunk-000001.000000");
    }
  }

  @Test
  void anEmptyFileNamedLikeAChunk() {
    rig.write("chunk-000001.000009", new byte[0]);
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("chunk-000001.000009", "I2", "0 bytes");
  }

  @Test
  void aLinkToAChunkElsewhereIsFollowed() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("slow-disk"));
    Files.move(rig.db.resolve("chunk-000000.000000"), elsewhere.resolve("c0"));
    Files.createSymbolicLink(rig.db.resolve("chunk-000000.000000"), elsewhere.resolve("c0"));
    try (Capture capture = rig.capture()) {
      assertThat(capture.files().completed()).hasSize(7);
    }
  }

  @Test
  void bothRulesOfChoosingDiffer() {
    byte[] bytes = rig.read("chunk-000002.000000");
    bytes[10] = 3;
    rig.write("chunk-000002.000000", bytes);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("I13", "chunk-000002.000000", "chunk-000003.000000");
  }

  @Test
  void firstChunksOnlyInTheArchive() {
    rig.delete("chunk-000000.000000");
    rig.delete("chunk-000001.000000");
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("chunk-000002.000000", "archive");
  }

  @Test
  void anEncryptedActiveChunk() {
    byte[] bytes = rig.read("chunk-000007.000000");
    bytes[35] = 1;
    rig.write("chunk-000007.000000", bytes);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("chunk-000007.000000", "transform 1", "encrypt");
    assertThat(rig.pauses).isZero();
  }
}
