package io.coldstream.core.restore.plan;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.IndexProof;
import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.OtherBackup;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.log.ResentReader;
import io.coldstream.core.repository.log.StoredLog;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.Positions;
import io.coldstream.core.restore.plan.PlannedFile.Place;
import io.coldstream.core.restore.select.CheckpointComparison;
import io.coldstream.core.restore.select.ChosenPoint;
import io.coldstream.core.restore.select.PointChoice;
import io.coldstream.core.restore.select.RestorePoint;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.log.Epoch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Decides everything about a restore before the first byte moves. Writes nothing. */
public final class RestorePlanner {

  private final Repository repository;
  private final CheckpointMode checkpointMode;
  private final long maxDropBytes;
  private final boolean withoutIndex;

  /**
   * Takes what every plan needs beside the point.
   *
   * @param repository where the backups are
   * @param checkpointMode how the checkpoints are set
   * @param maxDropBytes most bytes of log that {@link CheckpointMode#TRUNCATE} may drop
   * @param withoutIndex whether the index is left out
   */
  public RestorePlanner(
      Repository repository,
      CheckpointMode checkpointMode,
      long maxDropBytes,
      boolean withoutIndex) {
    this.repository = repository;
    this.checkpointMode = checkpointMode;
    this.maxDropBytes = maxDropBytes;
    this.withoutIndex = withoutIndex;
  }

  /**
   * Makes the plan.
   *
   * @param point which state the user wants
   * @param remembered the backup that an earlier attempt in this target took for the latest
   * @return the plan
   * @throws RunException {@link Kind#USAGE} when the point cannot be had; {@link
   *     Kind#TARGET_REFUSED} when truncating would drop too much; {@link Kind#REPOSITORY_DAMAGED}
   *     when the backup cannot be read
   * @throws IOException when the store fails
   */
  public RestorePlan plan(RestorePoint point, OptionalLong remembered)
      throws RunException, IOException {
    boolean truncating = checkpointMode == CheckpointMode.TRUNCATE;
    if (truncating && !isWholeBackup(point)) {
      throw new RunException(
          Kind.USAGE,
          "--at, --position and --before-event need --arrange direct, the default: omit --arrange"
              + " truncate");
    }
    try {
      try {
        return plan(point, remembered, false);
      } catch (DatabaseException e) {
        // Altered bytes, read in ranges, look like this; perhaps they have been sent again.
        return plan(point, remembered, true);
      }
    } catch (ResentReader.LaterBackups e) {
      throw e.failure();
    } catch (DatabaseException | ObjectFault | StoredLog.EncryptedChunk e) {
      throw new RunException(
          Kind.REPOSITORY_DAMAGED,
          "the stored log cannot be read for this plan: "
              + DatabaseException.found(e)
              + ". A complete backup (--backup, --arrange direct) may still be restorable",
          e,
          List.of(new Remedy("To see what is damaged, run", Remedy.Action.VERIFY)));
    }
  }

  private RestorePlan plan(RestorePoint point, OptionalLong remembered, boolean resentFirst)
      throws RunException, IOException {
    ChosenPoint chosen = choose(point, remembered, resentFirst);
    return checkpointMode == CheckpointMode.TRUNCATE
        ? truncating(chosen, resentFirst)
        : direct(chosen, resentFirst);
  }

  private ChosenPoint choose(RestorePoint point, OptionalLong remembered, boolean resentFirst)
      throws RunException, IOException {
    try {
      ChosenPoint chosen = new PointChoice(repository, resentFirst).choose(point, remembered);
      return chosen.noting(
          new CheckpointComparison(repository).compare(chosen.files().manifest()));
    } catch (RunException e) {
      throw new OtherBackup(repository, this::canRestore).instead(e);
    }
  }

  private boolean canRestore(long sequence) throws RunException, IOException {
    Optional<Manifest> manifest = repository.findManifest(sequence);
    if (manifest.isPresent()) {
      BackupFiles.read(repository, manifest.get());
      new CheckpointComparison(repository).compare(manifest.get());
    }
    return manifest.isPresent();
  }

  private static boolean isWholeBackup(RestorePoint point) {
    return point instanceof RestorePoint.Latest || point instanceof RestorePoint.OfBackup;
  }

  private RestorePlan direct(ChosenPoint chosen, boolean resentFirst)
      throws RunException, IOException {
    Manifest manifest = chosen.files().manifest();
    Positions positions = manifest.log().positions();
    long end = chosen.position();
    OptionalLong epoch = position(manifest.log().lineage().lastWhollyBelow(end));
    List<Checkpoint> checkpoints =
        checkpoints(epoch, positions.proposal(), end, OptionalLong.empty(), end);
    return plan(chosen, end, end, checkpoints, resentFirst);
  }

  private RestorePlan truncating(ChosenPoint chosen, boolean resentFirst)
      throws RunException, IOException {
    Manifest manifest = chosen.files().manifest();
    Positions positions = manifest.log().positions();
    StoredLog log = new StoredLog(
        chosen.files(), new ResentReader(repository, manifest.sequence(), resentFirst));
    long cut = log.safeCut(Math.min(positions.chaser(), log.end()));
    new TruncationRule(positions, maxDropBytes).require(log, cut);
    List<Checkpoint> checkpoints = checkpoints(
        positions.epoch(), positions.proposal(), positions.writer(), OptionalLong.of(cut), cut);
    List<String> dropped = cut == positions.restorePoint()
        ? List.of()
        : List.of("truncating at " + Positions.text(cut) + " drops "
            + Positions.text(positions.restorePoint() - cut)
            + " bytes of the log below the restore point "
            + Positions.text(positions.restorePoint()) + "; --arrange direct drops none");
    ChosenPoint truncated = chosen.cutAt(cut).noting(dropped);
    return plan(truncated, positions.writer(), cut, checkpoints, resentFirst);
  }

  private RestorePlan plan(
      ChosenPoint chosen,
      long filesUpTo,
      long chaser,
      List<Checkpoint> checkpoints,
      boolean resentFirst)
      throws RunException, IOException {
    Manifest manifest = chosen.files().manifest();
    List<PlannedFile> files = new ArrayList<>();
    for (FileEntry chunk : chosen.files().chunks()) {
      if (chunk.chunk().orElseThrow().firstNumber() * manifest.log().chunkSizeBytes() < filesUpTo) {
        files.add(new PlannedFile(Place.DATABASE, chunk));
      }
    }
    Optional<String> indexReason = indexReason(manifest, chaser);
    if (indexReason.isEmpty()) {
      requireWholeIndex(manifest, resentFirst);
      chosen.files().index().forEach(f -> files.add(new PlannedFile(Place.INDEX, f)));
    }
    CutRecords records = CutRecords.read(repository, chosen.files(), chosen.position());
    return new RestorePlan(chosen, records, checkpointMode, files, checkpoints, indexReason);
  }

  /** The order in which a restore writes them: chaser.chk, the commit point, comes last. */
  private static List<Checkpoint> checkpoints(
      OptionalLong epoch, OptionalLong proposal, long writer, OptionalLong truncate, long chaser) {
    return List.of(
        new Checkpoint(CheckpointName.EPOCH, epoch),
        new Checkpoint(CheckpointName.PROPOSAL, proposal),
        Checkpoint.at(CheckpointName.WRITER, writer),
        new Checkpoint(CheckpointName.TRUNCATE, truncate),
        Checkpoint.at(CheckpointName.CHASER, chaser));
  }

  private static OptionalLong position(Optional<Epoch> epoch) {
    return epoch.isPresent() ? OptionalLong.of(epoch.get().position()) : OptionalLong.empty();
  }

  /**
   * A server throws an index away that goes up to chaser.chk or beyond
   * ({@code database-files.md#s7-3}).
   */
  private Optional<String> indexReason(Manifest manifest, long chaser) {
    if (withoutIndex) {
      return Optional.of("as requested");
    }
    if (manifest.files().index().isEmpty()) {
      String reason = manifest.files().leftOut().stream()
          .filter(l -> l.name().equals("index"))
          .map(l -> ": " + l.reason())
          .findFirst()
          .orElse("");
      return Optional.of("backup " + manifest.sequence() + " was made without it" + reason);
    }
    long commit = manifest.files().index().get().commitCheckpoint();
    return commit < chaser
        ? Optional.empty()
        : Optional.of("it ends at " + Positions.text(commit) + ", but the log ends at "
            + Positions.text(chaser));
  }

  private void requireWholeIndex(Manifest manifest, boolean resentFirst)
      throws RunException, IOException {
    IndexEntry index = manifest.files().index().orElseThrow();
    ResentReader reader = new ResentReader(repository, manifest.sequence(), resentFirst);
    Optional<String> fault = IndexProof.fault(index, reader.whole(index.map()));
    if (fault.isPresent()) {
      throw damagedIndex(fault.get());
    }
  }

  private static RunException damagedIndex(String fault) {
    return new RunException(
        Kind.REPOSITORY_DAMAGED,
        "the stored index map " + fault
            + "; nothing was written. Restore with --without-index, or choose another backup");
  }
}
