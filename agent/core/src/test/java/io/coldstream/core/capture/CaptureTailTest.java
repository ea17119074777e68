package io.coldstream.core.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.failure.RunException.Kind;
import io.coldstream.core.manifest.LeftOut;
import io.coldstream.eventstore.testing.model.Oracle;
import java.time.Instant;
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
      assertThat(capture.positions().writer()).isEqualTo(log.position());
      assertThat(capture.restorePointTime())
          .isEqualTo(Instant.ofEpochMilli(BuiltLog.millis(records)));
      assertThat(capture.active().orElseThrow().capturedBytes()).isEqualTo(128 + log.position());
      assertThat(capture.active().orElseThrow().lastRecord().endPosition())
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
      assertThat(capture.active()).isEmpty();
      assertThat(capture.completed()).hasSize(1);
    }
  }

  @Test
  void writerOnAChunksStartBehindAnOpenGroup() throws Exception {
    long whole = log.event();
    log.begun();
    log.nextChunk();
    try (Capture capture = captured(whole)) {
      assertThat(capture.active()).isEmpty();
      assertThat(capture.completed()).hasSize(1);
    }
  }

  @Test
  void aGroupThatBeganInTheChunkBefore() throws Exception {
    long whole = log.event();
    log.begun();
    log.nextChunk();
    log.begun();
    try (Capture capture = captured(whole)) {
      assertThat(capture.active()).isEmpty();
      assertThat(capture.completed()).hasSize(1);
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
      assertThat(capture.completed()).hasSize(1);
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
      assertThat(capture.active()).isEmpty();
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
      assertThat(Recheck.moved(rig, capture)).contains("writer.chk", "fell");
      log.disk.delete(rig.db.resolve("writer.chk"));
      assertThat(Recheck.moved(rig, capture)).contains("writer.chk", "missing");
      log.checkpoint("truncate", 10);
      assertThat(Recheck.refused(rig, capture)).contains("finish truncating");
    }
    assertThat(log.disk.openFiles()).isZero();
  }

  private Capture captured(long restorePoint) throws Exception {
    Rig rig = log.rig();
    Capture capture = rig.capture();
    assertThat(capture.positions().restorePoint()).isEqualTo(restorePoint);
    assertThat(
            Oracle.structural().arranged().check(CapturedCopy.of(capture, new RememberedFiles())))
        .isEmpty();
    rig.step().recheck(capture);
    return capture;
  }
}
