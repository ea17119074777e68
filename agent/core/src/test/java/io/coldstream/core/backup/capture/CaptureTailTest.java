package io.coldstream.core.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.manifest.LeftOut;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.testing.model.Oracle;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a log may end, and what the last look before a manifest finds. */
class CaptureTailTest {

  private BuiltLog log;

  @BeforeEach
  void begin() {
    log = new BuiltLog();
    log.epoch();
    log.event();
  }

  @Test
  void writerAtARecordsEndButNoSafeCutIsNoError() throws Exception {
    long whole = log.event();
    int records = log.records();
    log.begun();
    log.begun();
    try (Capture capture = captured(whole)) {
      assertThat(capture.log().positions().writer()).isEqualTo(log.position());
      assertThat(capture.log().restorePointTime())
          .isEqualTo(Instant.ofEpochMilli(BuiltLog.millis(records)));
      assertThat(capture.files().active().orElseThrow().lengthBytes())
          .isEqualTo(128 + log.position());
      assertThat(capture.files().active().orElseThrow().lastRecord().endPosition())
          .isEqualTo(log.position());
    }
  }

  @Test
  void aPartOfAnExplicitTransactionIsASafeCut() throws Exception {
    captured(log.part()).close();
  }

  @Test
  void writerOnAChunksStart() throws Exception {
    try (Capture capture = captured(log.nextChunk())) {
      assertThat(capture.files().active()).isEmpty();
      assertThat(capture.files().completed()).hasSize(1);
    }
  }

  @Test
  void writerOnAChunksStartBehindAnOpenGroup() throws Exception {
    long whole = log.event();
    log.begun();
    log.nextChunk();
    try (Capture capture = captured(whole)) {
      assertThat(capture.files().active()).isEmpty();
      assertThat(capture.files().completed()).hasSize(1);
    }
  }

  @Test
  void aGroupThatBeganInTheChunkBefore() throws Exception {
    long whole = log.event();
    log.begun();
    log.nextChunk();
    log.begun();
    try (Capture capture = captured(whole)) {
      assertThat(capture.files().active()).isEmpty();
      assertThat(capture.files().completed()).hasSize(1);
      assertThat(capture.leftOut())
          .extracting(LeftOut::name)
          .containsExactly("chunk-000001.000000", "index");
      // The copied one was let go by the copy, the one left out by the capture.
      assertThat(capture.pins().count()).isZero();
    }
  }

  @Test
  void aGroupThatBeganTwoChunksBefore() throws Exception {
    long whole = log.event();
    log.begun();
    log.nextChunk();
    log.begun();
    log.nextChunk();
    log.begun();
    try (Capture capture = captured(whole)) {
      assertThat(capture.files().completed()).hasSize(1);
      assertThat(capture.leftOut())
          .extracting(LeftOut::name)
          .containsExactly("chunk-000001.000000", "chunk-000002.000000", "index");
    }
  }

  @Test
  void aChunksStartIsPreferredToTheEndOfTheRecordBefore() throws Exception {
    log.event();
    long start = log.nextChunk();
    log.begun();
    try (Capture capture = captured(start)) {
      assertThat(capture.files().active()).isEmpty();
      assertThat(capture.leftOut()).extracting(LeftOut::name).contains("chunk-000001.000000");
    }
  }

  @Test
  void behindAScavengedChunkItsEndIsSafe() throws Exception {
    log.begun();
    long start = log.nextChunk();
    log.begun();
    log.scavenge(0);
    captured(start).close();
  }

  @Test
  void nothingWrittenWhole() {
    BuiltLog open = new BuiltLog();
    open.begun();
    assertThat(open.rig().refused(Kind.SOURCE_REFUSED)).contains("no database yet");
  }

  @Test
  void whatIsOpenStaysAfterARewriteAndTheRecheckFindsIt() throws Exception {
    Rig rig = log.rig();
    try (Capture capture = rig.capture()) {
      rig.step().recheck(capture);
      log.checkpoint("writer", log.position() + 300);
      rig.step().recheck(capture);
      log.disk.write(
          rig.db.resolve("chunk-000000.000000"), 128 + log.position() - 20, new byte[] {1});
      assertThat(Recheck.moved(rig, capture)).contains("chunk-000000.000000", "rewritten");
      log.checkpoint("writer", log.position() - 1);
      assertThat(Recheck.moved(rig, capture)).contains("writer.chk", "decreased");
      log.disk.delete(rig.db.resolve("writer.chk"));
      assertThat(Recheck.moved(rig, capture)).contains("writer.chk", "missing");
      log.checkpoint("truncate", 10);
      assertThat(Recheck.refused(rig, capture)).contains("finish truncating");
    }
    assertThat(log.disk.openFiles()).isZero();
  }

  @Test
  void aLogThatWasTruncatedBelowItsLastChunkAndHasGrownAgain() throws Exception {
    Branches branches = new Branches();
    try (Capture capture = branches.rig.capture()) {
      branches.goOn(false);
      assertThat(Recheck.moved(branches.rig, capture)).contains("chunk-000001.000000");
    }
    assertThat(branches.log.disk.openFiles()).isZero();
  }

  @Test
  void aLogThatWasTruncatedAndWhoseLastChunkIsScavengedByNow() throws Exception {
    Branches branches = new Branches();
    try (Capture capture = branches.rig.capture()) {
      branches.goOn(true);
      assertThat(Recheck.moved(branches.rig, capture))
          .contains("chunk-000001.000000: was deleted", "has different epochs now");
    }
    assertThat(branches.log.disk.openFiles()).isZero();
  }

  @Test
  void aLastChunkThatIsScavengedByNow() throws Exception {
    log.nextChunk();
    log.event();
    Rig rig = log.rig();
    try (Capture capture = rig.capture()) {
      log.event();
      log.nextChunk();
      log.epoch();
      log.scavenge(1);
      log.rig();
      log.disk.delete(rig.db.resolve("chunk-000001.000000"));
      rig.step().recheck(capture);
    }
    assertThat(log.disk.openFiles()).isZero();
  }

  @Test
  void aCompletedChunkAtTheEndThatWasTruncatedIntoAndHasGrownAgain() throws Exception {
    log.nextChunk();
    Rig rig = log.rig();
    try (Capture capture = rig.capture()) {
      rig.step().recheck(capture);
      BuiltLog other = new BuiltLog();
      other.epoch();
      other.epoch();
      other.nextChunk();
      other.event();
      other.rig();
      other.copyTo(log.disk);
      assertThat(Recheck.moved(rig, capture)).contains("chunk-000000.000000");
    }
  }

  /** Two chunks; the other branch has another epoch in the first, and three chunks. */
  private static final class Branches {

    final BuiltLog log = new BuiltLog();
    final Rig rig;
    private final BuiltLog other = new BuiltLog();

    Branches() {
      for (BuiltLog each : List.of(log, other)) {
        each.epoch();
        each.event();
      }
      log.event();
      log.event();
      other.epoch();
      for (BuiltLog each : List.of(log, other)) {
        each.nextChunk();
        each.event();
      }
      rig = log.rig();
    }

    void goOn(boolean scavenged) {
      other.event();
      other.nextChunk();
      other.event();
      if (scavenged) {
        other.scavenge(1);
      }
      other.rig();
      log.disk.delete(rig.db.resolve("chunk-000001.000000"));
      other.copyTo(log.disk);
    }
  }

  private Capture captured(long restorePoint) throws Exception {
    Rig rig = log.rig();
    Capture capture = rig.capture();
    assertThat(capture.log().positions().restorePoint()).isEqualTo(restorePoint);
    assertThat(
            Oracle.structural().arranged().check(CapturedCopy.of(capture, new RememberedFiles())))
        .isEmpty();
    rig.step().recheck(capture);
    return capture;
  }
}
