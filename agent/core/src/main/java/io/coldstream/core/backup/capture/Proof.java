package io.coldstream.core.backup.capture;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.Md5;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.chunk.ActiveChunk;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.chunk.TailRecord;
import io.coldstream.eventstore.files.OpenFile;
import io.coldstream.eventstore.log.Epoch;
import io.coldstream.eventstore.log.EpochSearch;
import io.coldstream.eventstore.log.Lineage;
import io.coldstream.eventstore.log.LogReader;
import io.coldstream.eventstore.log.LogRecord;
import io.coldstream.eventstore.log.SafeCuts;
import io.coldstream.eventstore.log.SystemRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Validates the records of a captured log: checkpoints, epochs and the end of the log (I1, I5).
 * Before that, the files were checked to fit together (I2, I3).
 */
final class Proof {

  /** How far below a position is searched at least: one read. */
  private static final long LOOK_BACK_BYTES = 32 * 1024;

  private final FoundChunks chunks;
  private final Checkpoints checkpoints;
  private final Optional<Lineage> known;
  private final Pins pins;
  private final long epochSearchBytes;

  Proof(
      FoundChunks chunks,
      Checkpoints checkpoints,
      Optional<Lineage> known,
      Pins pins,
      long epochSearchBytes) {
    this.chunks = chunks;
    this.checkpoints = checkpoints;
    this.known = known;
    this.pins = pins;
    this.epochSearchBytes = epochSearchBytes;
  }

  /**
   * The result of the validation.
   *
   * @param lineage the epochs of the log
   * @param restorePoint where it may end
   * @param active the chunk that the writer's position lies in
   */
  record Result(Lineage lineage, RestorePoint restorePoint, Optional<ActiveChunk> active) {}

  /**
   * Where the log may end.
   *
   * @param position the last safe cut
   * @param time the clock of the last record below it
   */
  record RestorePoint(long position, Instant time) {}

  Result prove() throws IOException, RunException {
    Map<ChunkFileName, Chunk> facts =
        chunks.all().stream().collect(Collectors.toMap(Chunk::name, Function.identity()));
    LogReader log = new LogReader(
        chunks.all(), checkpoints.writer(), name -> pins.openForProof(facts.get(name)));
    Optional<ActiveChunk> active = active(log);
    requireChaserAtRecord(log);
    Optional<Epoch> met = latestEpochOfTail(log);
    Lineage lineage =
        new LineageReader(log, known, epochSearchBytes).read(checkpoints.epoch(), met);
    RestorePoint restorePoint = restorePoint(log);
    if (lineage.lastWhollyBelow(restorePoint.position()).isEmpty()) {
      throw LineageReader.noDatabaseYet();
    }
    return new Result(lineage, restorePoint, active);
  }

  private void requireChaserAtRecord(LogReader log) throws IOException {
    long chaser = checkpoints.chaser();
    if (chaser == log.writer()) {
      return;
    }
    Chunk chunk = log.chunkAt(chaser);
    if (chunk.header().scavenged()
        || chaser == chunk.startPosition()
        || chaser == log.dataEnd(chunk)) {
      return;
    }
    try {
      log.recordAt(chaser);
    } catch (DatabaseException e) {
      if (e.kind() != DatabaseException.Kind.DAMAGED) {
        throw e;
      }
      throw DatabaseException.damaged(
          CheckpointName.CHASER.fileName(),
          Invariant.I5,
          "holds " + chaser + ", where no record starts in " + chunk.name() + " (" + e.found()
              + ")");
    }
  }

  /**
   * The record that ends at the writer's position confirms that position; later checks recognise
   * the chunk by it.
   */
  private Optional<ActiveChunk> active(LogReader log) throws IOException {
    if (chunks.active().isEmpty()) {
      return Optional.empty();
    }
    Chunk facts = chunks.active().get();
    LogRecord last = log.recordEndingAt(log.writer());
    int lengthBytes = Math.toIntExact(last.endPosition() - last.position());
    try (OpenFile file = pins.openForProof(facts)) {
      byte[] bytes = file.readFully(facts.fileOffset(last.position()), lengthBytes);
      return Optional.of(new ActiveChunk(
          facts,
          ChunkHeader.LENGTH_BYTES + log.writer() - facts.startPosition(),
          new TailRecord(last.position(), lengthBytes, Md5.of(bytes))));
    }
  }

  /**
   * The latest epoch, which epoch.chk may not have yet: in the tail, all of which is read, or below
   * it.
   */
  private Optional<Epoch> latestEpochOfTail(LogReader log) throws IOException, RunException {
    List<Epoch> met = new ArrayList<>();
    long from = tailStart(log);
    if (from < log.writer()) {
      log.walk(from, log.writer(), record -> {
        if (record instanceof SystemRecord system) {
          system.epoch().ifPresent(met::add);
        }
        return true;
      });
    }
    return met.isEmpty() ? latestEpochBelow(log, from) : Optional.of(met.get(met.size() - 1));
  }

  /**
   * Down to epoch.chk's own record or, if that is lower, to a little below the chaser: epoch.chk is
   * written a moment after its record, which the chaser may have passed by then.
   */
  private Optional<Epoch> latestEpochBelow(LogReader log, long from)
      throws IOException, RunException {
    long chaser = checkpoints.chaser();
    long lowest = Math.max(checkpoints.epoch().orElse(0), Math.max(0, chaser - LOOK_BACK_BYTES));
    long searchBytes = Math.min(from - lowest, Math.max(LOOK_BACK_BYTES, epochSearchBytes));
    Optional<Epoch> found = EpochSearch.lastBelow(log, from, searchBytes);
    if (found.isEmpty() && searchBytes < from - lowest) {
      throw new RunException(
          Kind.SOURCE_REFUSED,
          "the node is still catching up: chaser.chk holds " + chaser + ", writer.chk "
              + log.writer() + ", and the " + searchBytes + " bytes below " + from
              + " hold no epoch record, so the latest epoch of the log cannot be determined; back"
              + " up the node when it has caught up, or back up another node");
    }
    return found;
  }

  /**
   * From the chaser, whose epochs epoch.chk knows, if it is in the last chunk or the one before, so
   * that an epoch just below a new chunk's start is met too; else from the active chunk's start.
   */
  private long tailStart(LogReader log) {
    List<Chunk> all = log.chunks();
    for (int i = all.size() - 1; i >= Math.max(0, all.size() - 2); i--) {
      if (all.get(i).header().scavenged()) {
        break;
      }
      if (checkpoints.chaser() >= all.get(i).startPosition()) {
        return checkpoints.chaser();
      }
    }
    return chunks.active().map(Chunk::startPosition).orElse(log.writer());
  }

  private RestorePoint restorePoint(LogReader log) throws IOException, RunException {
    long position = SafeCuts.atOrBelowRecordEnd(log, log.writer());
    if (position == 0) {
      throw new RunException(
          Kind.SOURCE_REFUSED, "no database yet: no write is complete below " + log.writer());
    }
    Instant[] time = new Instant[1];
    log.walkBackwards(position, record -> {
      time[0] = record.timestamp();
      return false;
    });
    return new RestorePoint(position, time[0]);
  }
}
