package io.coldstream.core.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.chunk.Chunk;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a capture makes of checkpoints that say something wrong, or only seem to. */
class CaptureBadCheckpointsTest {

  private static final int ATTEMPTS = CaptureSettings.DEFAULT_ATTEMPTS;

  @TempDir
  private Path folder;

  private Rig rig;

  @BeforeEach
  void unpack() {
    rig = Rig.orders(folder);
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
  void writerInTheGapAtAChunksEnd() throws Exception {
    long end;
    try (Capture capture = rig.capture()) {
      Chunk chunk = capture.files().completed().get(2);
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
        .contains("chaser.chk", "I5", "" + (writer + 8), "writer.chk holds " + writer);
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
      assertThat(capture.log().positions().chaser()).isZero();
      assertThat(capture.log().positions().restorePoint()).isEqualTo(rig.checkpoint("writer.chk"));
    }
  }

  @Test
  void chaserInAScavengedChunkIsLegal() throws Exception {
    Rig scavenged = Rig.scavenged(folder);
    scavenged.checkpoint("chaser.chk", 1005);
    try (Capture capture = scavenged.capture()) {
      assertThat(capture.log().positions().chaser()).isEqualTo(1005);
      assertThat(capture.files().completed()).anyMatch(chunk -> chunk.header().isMerged());
    }
  }

  @Test
  void chaserMissingIsWhatTheServerWouldMakeOfIt() throws Exception {
    rig.delete("chaser.chk");
    rig.delete("proposal.chk");
    rig.delete("truncate.chk");
    try (Capture capture = rig.capture()) {
      assertThat(capture.log().positions().chaser()).isZero();
      assertThat(capture.log().positions().proposal()).isEmpty();
      assertThat(capture.files().checkpoints()).hasSize(5);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {300, 10_000_000, 1L << 40})
  void aWriterBeyondTheLogIsBlamedItself(long bytes) {
    long wrong = rig.checkpoint("writer.chk") + bytes;
    rig.checkpoint("writer.chk", wrong);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("writer.chk", "I1", "" + wrong)
        .doesNotContain("chaser.chk", "no file holds");
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
      rig.checkpoint(
          "epoch.chk", capture.files().active().orElseThrow().lastRecord().position());
    }
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("epoch.chk", "no epoch starts")
        .containsOnlyOnce("I5")
        .containsOnlyOnce("check its disk and its log");
  }

  @Test
  void noDatabaseYet() {
    rig.checkpoint("writer.chk", 0);
    rig.checkpoint("chaser.chk", 0);
    rig.checkpoint("epoch.chk", -1);
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("no database yet");
  }
}
