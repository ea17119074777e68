package io.coldstream.core.backup.capture;

import io.coldstream.core.backup.capture.FoundIndex.Warn;
import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.repository.manifest.LogState;
import io.coldstream.core.repository.manifest.Positions;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.json.FormatException;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One pass over the database, in the order that makes what it reads consistent, and the validation.
 */
final class CaptureAttempt {

  /** Far more than this file ever has; a longer one is not ours. */
  private static final int MAX_MARK_BYTES = 64 * 1024;

  private final DatabaseFiles files;
  private final CaptureSettings settings;
  private final Pause pause;
  private final KnownFiles known;
  private final Pins pins;

  CaptureAttempt(
      DatabaseFiles files, CaptureSettings settings, Pause pause, KnownFiles known, Pins pins) {
    this.files = files;
    this.settings = settings;
    this.pause = pause;
    this.known = known;
    this.pins = pins;
  }

  Capture capture(int number, boolean withoutIndex)
      throws IOException, RunException, InterruptedException {
    Path database = settings.folders().database();
    CheckpointCapture small = new CheckpointCapture(files, database);
    Checkpoint truncate = small.truncate();
    FoundIndex foundIndex = withoutIndex
        ? FoundIndex.none("requested with --without-index", Warn.NEVER)
        : new IndexCapture(files, settings.folders().index(), known, pins, pause).read();
    Checkpoints checkpoints = small.rest(truncate);
    FoundChunks chunks = new ChunkCapture(files, database, known, pins).find(checkpoints.writer());
    Proof.Result proved =
        new Proof(chunks, checkpoints, known.lineage(), pins, settings.epochSearchBytes()).prove();
    return assemble(number, checkpoints, chunks, foundIndex, proved);
  }

  private Capture assemble(
      int number,
      Checkpoints checkpoints,
      FoundChunks chunks,
      FoundIndex foundIndex,
      Proof.Result proved)
      throws IOException, RunException {
    long restorePoint = proved.restorePoint().position();
    FoundIndex index = foundIndex.below(restorePoint);
    Leftovers leftovers = new Leftovers();
    leftovers.ofDatabaseFolder(chunks, settings.folders());
    leaveOutAbove(restorePoint, chunks, leftovers);
    leaveOutOfIndex(foundIndex, index, leftovers);
    index
        .warning(restorePoint, chunks.cover().chunkSizeBytes())
        .ifPresent(why ->
            leftovers.warn(Leftovers.INDEX, why + "; a restored server rebuilds it from the log"));
    Optional<RestoredMark> restoredFrom =
        chunks.has(RestoredMark.FILE_NAME) ? Optional.of(restoredMark()) : Optional.empty();
    return new Capture(
        number,
        new LogState(
            positions(checkpoints, proved),
            chunks.cover().chunkSizeBytes(),
            proved.lineage(),
            proved.restorePoint().time()),
        new CapturedFiles(
            chunks.completedBelow(restorePoint),
            proved.active().filter(active -> active.chunk().startPosition() < restorePoint),
            index.files(),
            checkpoints.all()),
        leftovers.leftOut(),
        leftovers.warnings(),
        restoredFrom,
        pins);
  }

  private static Positions positions(Checkpoints checkpoints, Proof.Result proved) {
    long restorePoint = proved.restorePoint().position();
    return new Positions(
        checkpoints.writer(),
        checkpoints.chaser(),
        checkpoints.epoch(),
        checkpoints.proposal(),
        restorePoint,
        proved.lineage().lastWhollyBelow(restorePoint).orElseThrow().position());
  }

  private void leaveOutAbove(long restorePoint, FoundChunks chunks, Leftovers leftovers) {
    for (Chunk chunk : chunks.all()) {
      if (chunk.startPosition() >= restorePoint) {
        leftovers.add(
            chunk.name().toString(),
            "above the restore point " + restorePoint
                + ": it holds only the start of an atomic write");
        pins.release(chunk);
      }
    }
  }

  private void leaveOutOfIndex(FoundIndex found, FoundIndex index, Leftovers leftovers)
      throws IOException {
    if (!index.files().isEmpty()) {
      leftovers.ofIndexFolder(index.files(), files.list(settings.folders().index()));
      return;
    }
    found.files().forEach(pins::release);
    leftovers.add(Leftovers.INDEX, index.reason());
  }

  private RestoredMark restoredMark() throws IOException, RunException {
    Path path = settings.folders().database().resolve(RestoredMark.FILE_NAME);
    try (OpenFile file = files.open(path)) {
      return RestoredMark.read(
          file.readFully(0, (int) Math.min(MAX_MARK_BYTES, file.lengthBytes())));
    } catch (FormatException e) {
      throw new RunException(
          Kind.SOURCE_REFUSED,
          path + ": cannot be parsed (" + e.getMessage()
              + "); it distinguishes a restored copy from its original. Remove it only if the"
              + " repository belongs to this node",
          e);
    }
  }
}
