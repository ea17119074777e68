package io.coldstream.core.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.log.Epoch;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which epochs a log has, whatever epoch.chk says. */
class CaptureLineageTest {

  private BuiltLog log;

  @BeforeEach
  void begin() {
    log = new BuiltLog();
    log.epoch();
    log.event();
  }

  @Test
  void noEpochRecordAtAll() {
    BuiltLog old = new BuiltLog();
    old.event();
    assertThat(old.rig().refused(Kind.SOURCE_REFUSED))
        .contains("no database yet", "no epoch record");
  }

  @Test
  void aFollowersEpochCheckpointLags() throws Exception {
    long chaser = log.position();
    long second = log.epoch();
    log.event();
    long third = log.epoch();
    log.event();
    Rig rig = log.rig();
    log.checkpoint("epoch", 0);
    log.checkpoint("chaser", chaser);
    try (Capture capture = rig.capture()) {
      assertEpochs(capture, 0L, second, third);
      assertThat(capture.log().positions().epoch()).hasValue(0);
      assertThat(capture.log().positions().restorePointEpoch()).isEqualTo(third);
    }
  }

  @Test
  void anEpochBeforeTheChunksEndThatEpochChkDoesNotKnow() throws Exception {
    long chaser = log.position();
    long second = log.epoch();
    log.nextChunk();
    log.event();
    Rig rig = log.rig();
    log.checkpoint("epoch", 0);
    log.checkpoint("chaser", chaser);
    try (Capture capture = rig.capture()) {
      assertEpochs(capture, 0L, second);
    }
  }

  @Test
  void anEpochThatTheChaserPassedBeforeEpochChkWasWritten() throws Exception {
    long second = log.epoch();
    Rig rig = log.rig();
    log.checkpoint("epoch", 0);
    try (Capture capture = rig.capture()) {
      assertEpochs(capture, 0L, second);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anEpochInTheChunksThatTheChaserHasYetToReach(boolean scavenged) throws Exception {
    long chaser = log.position();
    log.nextChunk();
    log.event();
    long second = log.epoch();
    log.event();
    fillChunks(20);
    if (scavenged) {
      for (int number = 1; number < 20; number++) {
        log.scavenge(number);
      }
    }
    Rig rig = log.rig();
    log.checkpoint("epoch", 0);
    log.checkpoint("chaser", chaser);
    try (Capture capture = rig.capture()) {
      assertEpochs(capture, 0L, second);
      assertThat(capture.log().positions().restorePointEpoch()).isEqualTo(second);
    }
  }

  @Test
  void aChaserSoFarBehindThatTheLatestEpochCannotBeTold() throws Exception {
    long chaser = log.position();
    long second = log.epoch();
    fillChunks(20);
    Rig rig = log.rig().with(settings -> searching(settings, 500));
    log.checkpoint("epoch", 0);
    log.checkpoint("chaser", chaser);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("still catching up", "chaser.chk holds " + chaser);
    assertThat(rig.pauses).isZero();
    log.checkpoint("chaser", log.position());
    log.checkpoint("epoch", second);
    try (Capture capture = rig.capture()) {
      assertEpochs(capture, 0L, second);
    }
  }

  @Test
  void theEpochOfTheRestorePoint() throws Exception {
    long second = log.epoch();
    long whole = log.event();
    log.begun();
    try (Capture capture = log.rig().capture()) {
      assertThat(capture.log().positions().restorePoint()).isEqualTo(whole);
      assertThat(capture.log().positions().restorePointEpoch()).isEqualTo(second);
    }
  }

  @Test
  void epochUnsetIsSearchedFor() throws Exception {
    long second = log.epoch();
    log.event();
    Rig rig = log.rig();
    log.checkpoint("epoch", -1);
    try (Capture capture = rig.capture()) {
      assertEpochs(capture, 0L, second);
      assertThat(capture.log().positions().epoch()).isEmpty();
    }
  }

  @Test
  void epochUnsetAndFarAwayIsTakenFromTheNewestManifest() throws Exception {
    long second = log.epoch();
    log.event();
    RememberedFiles known = new RememberedFiles();
    try (Capture capture = log.rig().capture()) {
      known.remember(capture.log().lineage());
    }
    fillChunks(20);
    Rig rig = log.rig().with(settings -> searching(settings, 500));
    log.checkpoint("epoch", -1);
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains("epoch.chk", "is unset", "start the node");
    rig.known = known;
    try (Capture capture = rig.capture()) {
      assertEpochs(capture, 0L, second);
    }
  }

  @Test
  void onlyEpochsThatTheNewestManifestDoesNotKnowAreRead() throws Exception {
    long second = log.epoch();
    log.event();
    RememberedFiles known = new RememberedFiles();
    try (Capture capture = log.rig().capture()) {
      known.remember(capture.log().lineage());
    }
    fillChunks(30);
    long third = log.epoch();
    log.event();
    Rig rig = log.rig();
    // Were the first epoch read again, its record would be found damaged.
    log.disk.write(rig.db.resolve("chunk-000000.000000"), 128 + 60, new byte[8]);
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("chunk-000000.000000");
    rig.known = known;
    try (Capture capture = rig.capture()) {
      assertEpochs(capture, 0L, second, third);
    }
  }

  @Test
  void anotherHistoryInTheNewestManifestIsNotMixedIn() throws Exception {
    RememberedFiles known = new RememberedFiles();
    BuiltLog other = new BuiltLog();
    other.epoch();
    other.event();
    other.event();
    other.epoch();
    other.event();
    try (Capture capture = other.rig().capture()) {
      known.remember(capture.log().lineage());
    }
    long second = log.epoch();
    log.event();
    Rig rig = log.rig();
    rig.known = known;
    try (Capture capture = rig.capture()) {
      assertEpochs(capture, 0L, second);
    }
  }

  private void fillChunks(int count) {
    for (int i = 0; i < count; i++) {
      log.nextChunk();
      for (int j = 0; j < 10; j++) {
        log.event();
      }
    }
  }

  private static CaptureSettings searching(CaptureSettings settings, long bytes) {
    return new CaptureSettings(
        settings.folders(), settings.attempts(), settings.mostPins(), 0, bytes);
  }

  private static void assertEpochs(Capture capture, Long... positions) {
    List<Epoch> epochs = capture.log().lineage().epochs();
    assertThat(epochs).extracting(Epoch::position).containsExactly(positions);
  }
}
