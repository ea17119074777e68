package io.coldstream.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.event.RunEvent;
import io.coldstream.core.failure.RunException.Kind;
import io.coldstream.core.manifest.LeftOut;
import io.coldstream.core.repository.RestoreMark;
import io.coldstream.eventstore.chunk.ChunkFacts;
import io.coldstream.eventstore.files.DatabaseFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a capture makes of a real directory in which something is wrong, or only looks so. */
class CaptureBadInputTest {

  private static final int ATTEMPTS = CaptureSettings.DEFAULT_ATTEMPTS;

  @TempDir
  private Path folder;

  private Rig rig;

  @BeforeEach
  void unpack() {
    rig = Rig.orders(folder);
  }

  @Test
  void dbMissing() {
    assertThat(new Rig(folder.resolve("nowhere")).refused(Kind.USAGE))
        .contains("--db", "nowhere", "no such folder");
  }

  @Test
  void dbNotADatabase() throws Exception {
    Path other = Files.createDirectory(folder.resolve("photos"));
    Files.writeString(other.resolve("cat.jpg"), "meow");
    assertThat(new Rig(other).refused(Kind.USAGE)).contains("--db", "holds no database");
  }

  @Test
  void dbIsAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("db.txt"), "");
    assertThat(new Rig(file).refused(Kind.USAGE)).contains("--db", "is a file");
  }

  @Test
  void dbUnreadable() {
    rig.through(files -> FailingFiles.denying(files, ""));
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains(rig.db.toString(), "may not be read");
  }

  @Test
  void aFileUnreadable() {
    rig.through(files -> FailingFiles.denying(files, "chunk-000003.000000"));
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("chunk-000003.000000", "may not be read", "read access");
    assertThat(rig.pauses).isZero();
  }

  @Test
  void aFileThatTheDiskCannotRead() {
    rig.through(files -> FailingFiles.breaking(files, "chunk-000003.000000"));
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains(rig.db.toString(), "cannot be read", "Input/output error");
  }

  @Test
  void indexFolderMissingWhereOneWasNamed() {
    rig.with(
        settings -> CaptureSettings.of(new DatabaseFolders(rig.db, folder.resolve("no-index"))));
    assertThat(rig.refused(Kind.USAGE)).contains("--index", "no-index");
  }

  @Test
  void truncateArmed() {
    rig.checkpoint("truncate.chk", 4000);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("truncate.chk", "4000", "I6", "the node must first finish truncating");
    assertThat(rig.pauses).isZero();
  }

  @Test
  void truncateArmedDuringTheUpload() throws Exception {
    try (Capture capture = rig.capture()) {
      rig.checkpoint("truncate.chk", 4000);
      assertThat(Recheck.refused(rig, capture)).contains("truncate.chk", "finish truncating");
    }
  }

  @Test
  void writerMissing() {
    rig.delete("writer.chk");
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("writer.chk", "missing", "I1");
  }

  @Test
  void writerOfSevenBytes() {
    rig.write("writer.chk", new byte[7]);
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("writer.chk", "7 bytes", "I1");
    assertThat(rig.pauses).isEqualTo(ATTEMPTS - 1);
    assertThat(rig.events).hasSize(ATTEMPTS - 1).allMatch(RunEvent.Repeated.class::isInstance);
  }

  @Test
  void writerBeyondAllChunks() {
    rig.checkpoint("writer.chk", 1L << 40);
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("I2", "" + (1L << 40));
  }

  @Test
  void writerInTheGapAtAChunksEnd() throws Exception {
    long end;
    try (Capture capture = rig.capture()) {
      ChunkFacts chunk = capture.completed().get(2);
      end = chunk.startPosition() + chunk.footer().orElseThrow().logicalDataBytes() + 8;
    }
    rig.checkpoint("writer.chk", end);
    rig.checkpoint("chaser.chk", 0);
    rig.checkpoint("epoch.chk", 0);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("chunk-000002.000000", "I1", "" + end, "gap");
  }

  @Test
  void writerNotAtARecordsEnd() {
    long writer = rig.checkpoint("writer.chk");
    rig.checkpoint("chaser.chk", 0);
    rig.checkpoint("writer.chk", writer - 3);
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("I1", "" + (writer - 3));
  }

  @Test
  void chaserAboveWriter() {
    long writer = rig.checkpoint("writer.chk");
    rig.checkpoint("chaser.chk", writer + 8);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("chaser.chk", "I5", "" + (writer + 8), "writer.chk " + writer);
  }

  @Test
  void chaserInsideARecord() {
    long writer = rig.checkpoint("writer.chk");
    rig.checkpoint("chaser.chk", writer - 3);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("chaser.chk", "I5", "" + (writer - 3), "chunk-000007.000000");
  }

  @Test
  void chaserZeroIsFarBehindAndLegal() throws Exception {
    rig.checkpoint("chaser.chk", 0);
    try (Capture capture = rig.capture()) {
      assertThat(capture.positions().chaser()).isZero();
      assertThat(capture.positions().restorePoint()).isEqualTo(rig.checkpoint("writer.chk"));
    }
  }

  @Test
  void chaserInAScavengedChunkIsLegal() throws Exception {
    Rig scavenged = Rig.scavenged(folder);
    scavenged.checkpoint("chaser.chk", 1005);
    try (Capture capture = scavenged.capture()) {
      assertThat(capture.positions().chaser()).isEqualTo(1005);
      assertThat(capture.completed()).anyMatch(chunk -> chunk.header().isMerged());
    }
  }

  @Test
  void chaserMissingIsWhatTheServerWouldMakeOfIt() throws Exception {
    rig.delete("chaser.chk");
    rig.delete("proposal.chk");
    rig.delete("truncate.chk");
    try (Capture capture = rig.capture()) {
      assertThat(capture.positions().chaser()).isZero();
      assertThat(capture.positions().proposal()).isEmpty();
      assertThat(capture.checkpoints()).hasSize(5);
    }
  }

  @Test
  void epochPointingNowhere() {
    long epoch = rig.checkpoint("epoch.chk");
    rig.checkpoint("epoch.chk", epoch + 1);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("epoch.chk", "I5", "holds " + (epoch + 1), "no epoch starts");
  }

  @Test
  void epochPointingToAnEvent() throws Exception {
    try (Capture capture = rig.capture()) {
      rig.checkpoint("epoch.chk", capture.active().orElseThrow().lastRecord().position());
    }
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("epoch.chk", "I5", "no epoch starts");
  }

  @Test
  void noDatabaseYet() {
    rig.checkpoint("writer.chk", 0);
    rig.checkpoint("chaser.chk", 0);
    rig.checkpoint("epoch.chk", -1);
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("no database yet");
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
      assertThat(capture.completed()).hasSize(7);
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
    int offset = (int) (128 + writer % chunkSize());
    rig.flip("chunk-000007.000000", offset - 2);
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("chunk-000007.000000", "I1");
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
      assertThat(capture.active().orElseThrow().facts().name()).hasToString("chunk-000007.000000");
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
      assertThat(capture.completed().get(1).name()).hasToString("chunk-000001.000000");
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
      assertThat(capture.completed()).hasSize(7);
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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anUnfinishedRestore(boolean writerIsReal) {
    rig.checkpoint("chaser.chk", RestoreMark.CHASER);
    if (!writerIsReal) {
      rig.checkpoint("writer.chk", RestoreMark.WRITER);
    }
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("an unfinished restore", "--discard");
    assertThat(rig.pauses).isZero();
  }

  @Test
  void anUnfinishedRestoreThatIsToTruncate() {
    rig.checkpoint("chaser.chk", RestoreMark.CHASER);
    rig.checkpoint("truncate.chk", 4000);
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("an unfinished restore");
  }

  private long chunkSize() {
    return 262_144;
  }
}
