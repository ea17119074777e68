package io.coldstream.core.backup.capture;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.OpenFile;
import io.coldstream.eventstore.log.Epoch;
import io.coldstream.eventstore.log.Lineage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/**
 * Checks that a database still has the captured log. The pinned files cannot tell: they stay the
 * same even when a truncation has unlinked them and the log has grown past its captured end again.
 * So the last chunk is opened by its name.
 */
final class LastLook {

  private final DatabaseFiles files;
  private final CaptureSettings settings;
  private final Pause pause;

  LastLook(DatabaseFiles files, CaptureSettings settings, Pause pause) {
    this.files = files;
    this.settings = settings;
    this.pause = pause;
  }

  void at(Capture capture) throws IOException, RunException, InterruptedException {
    CheckpointCapture checkpoints =
        new CheckpointCapture(files, settings.folders().database());
    checkpoints.truncate();
    long writer = checkpoints.read(CheckpointName.WRITER).position().getAsLong();
    if (writer < capture.log().positions().writer()) {
      throw new SourceMoved("writer.chk: decreased from "
          + capture.log().positions().writer() + " to " + writer + " since it was captured");
    }
    if (!lastChunkIsThere(capture)) {
      requireSameEpochs(capture);
    }
  }

  /** Whether it is there under its name; a truncation into or below it cannot leave it the same. */
  private boolean lastChunkIsThere(Capture capture) throws IOException {
    DatabaseFile last = last(capture);
    try (OpenFile file = files.open(settings.folders().path(last))) {
      Pins.requireSame(file, last);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static DatabaseFile last(Capture capture) {
    return capture.files().active().isPresent()
        ? capture.files().active().get()
        : capture.files().completed().get(capture.files().completed().size() - 1);
  }

  /**
   * The last chunk was scavenged, merged, or deleted by a truncation. The epochs tell which: after
   * a truncation a log continues with a new epoch, which a scavenge keeps.
   */
  private void requireSameEpochs(Capture capture)
      throws IOException, RunException, InterruptedException {
    Pins pins =
        new Pins(files, settings.folders(), new PinnedFiles(files, () -> Long.MAX_VALUE, 0, 0));
    CaptureAttempt again =
        new CaptureAttempt(files, settings, pause, new Captured(capture.log().lineage()), pins);
    try (Capture now = again.capture(capture.number(), true)) {
      List<Epoch> epochs = now.log().lineage().epochs().stream()
          .filter(epoch -> epoch.position() < capture.log().positions().writer())
          .toList();
      if (!epochs.equals(capture.log().lineage().epochs())) {
        throw new SourceMoved(last(capture).fileName()
            + ": was deleted after the capture, and the log below "
            + capture.log().positions().writer() + " has different epochs now: " + epochs
            + " instead of "
            + capture.log().lineage().epochs());
      }
    }
  }

  /** Nothing needs to be kept open, and only new epochs need to be read. */
  private record Captured(Lineage epochs) implements KnownFiles {

    @Override
    public List<Chunk> unknown(List<Chunk> completed) {
      return List.of();
    }

    @Override
    public boolean knows(DatabaseFile indexFile) {
      return true;
    }

    @Override
    public Optional<Lineage> lineage() {
      return Optional.of(epochs);
    }
  }
}
