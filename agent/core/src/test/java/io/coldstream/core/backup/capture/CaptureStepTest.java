package io.coldstream.core.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.log.Lineage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a capture is tried, what it passes on, and what it leaves behind when it fails. */
class CaptureStepTest {

  @TempDir
  private Path folder;

  @Test
  void aProofThatFailsIsTriedAgain() throws Exception {
    Rig rig = Rig.orders(folder);
    byte[] whole = rig.read("chunk-000003.000000");
    rig.write("chunk-000003.000000", new byte[300]);
    rig.between = () -> {
      if (rig.pauses == 4) {
        rig.write("chunk-000003.000000", whole);
      }
    };
    try (Capture capture = rig.capture()) {
      assertThat(capture.number()).isEqualTo(1);
    }
    assertThat(rig.events).hasSize(4);
    RunEvent.Repeated last = (RunEvent.Repeated) rig.events.get(3);
    assertThat(last.what()).isEqualTo("capture");
    assertThat(last.attempt()).isEqualTo(4);
    assertThat(last.why()).contains("chunk-000003.000000");
  }

  @Test
  void theNumberOfAttemptsIsASetting() {
    Rig rig = Rig.orders(folder)
        .with(settings -> new CaptureSettings(
            settings.folders(), 2, settings.mostPins(), 0, settings.epochSearchBytes()));
    rig.delete("writer.chk");
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("captured 2 times");
    assertThat(rig.pauses).isEqualTo(1);
  }

  @Test
  void nothingStaysOpenAfterAFailure() {
    BuiltLog log = new BuiltLog();
    log.epoch();
    log.nextChunk();
    log.event();
    Rig rig = log.rig();
    log.checkpoint("epoch", 5);
    assertThat(rig.refused(Kind.SOURCE_REFUSED)).contains("epoch.chk");
    assertThat(log.disk.openFiles()).isZero();
  }

  @Test
  void anInterruptEndsTheWait() {
    Rig rig = Rig.orders(folder);
    rig.delete("writer.chk");
    rig.between = () -> Thread.currentThread().interrupt();
    assertThatThrownBy(rig::capture)
        .isInstanceOf(InterruptedException.class)
        .hasMessageContaining("stopped while capturing");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aRepositoryFailureIsPassedOn() {
    Rig rig = Rig.orders(folder);
    RunException unreachable = new RunException(Kind.STORE_UNAVAILABLE, "no route to the store");
    rig.known = new ForgetfulFiles(unreachable);
    assertThatThrownBy(rig::capture).isSameAs(unreachable);
  }

  @Test
  void theMarkOfARestoreIsPassedOn() throws Exception {
    Rig rig = Rig.orders(folder);
    RestoredMark mark =
        new RestoredMark("a".repeat(26), 42, 1000, true, Instant.ofEpochSecond(1_700_000_000));
    rig.write(RestoredMark.FILE_NAME, mark.bytes());
    try (Capture capture = rig.capture()) {
      assertThat(capture.restoredFrom()).contains(mark);
      assertThat(capture.leftOut()).noneMatch(l -> l.name().equals(RestoredMark.FILE_NAME));
    }
  }

  @Test
  void anUnparsableRestoredMarkIsRefused() {
    Rig rig = Rig.orders(folder);
    rig.write(RestoredMark.FILE_NAME, "{\"coldstream\":".getBytes(StandardCharsets.UTF_8));
    assertThat(rig.refused(Kind.SOURCE_REFUSED))
        .contains(RestoredMark.FILE_NAME, "cannot be parsed");
  }

  @Test
  void thePauseGrowsAndCanBeInterrupted() throws Exception {
    Pause pause = Pause.growing(Duration.ofMillis(1));
    pause.after(1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> pause.after(60_000)).isInstanceOf(InterruptedException.class);
  }

  /** A repository that cannot be asked. */
  private record ForgetfulFiles(RunException failure) implements KnownFiles {

    @Override
    public List<Chunk> unknown(List<Chunk> completed) throws RunException {
      throw failure;
    }

    @Override
    public boolean knows(DatabaseFile indexFile) {
      return true;
    }

    @Override
    public Optional<Lineage> lineage() {
      return Optional.empty();
    }
  }
}
