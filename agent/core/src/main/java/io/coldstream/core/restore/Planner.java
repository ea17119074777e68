package io.coldstream.core.restore;

import io.coldstream.core.failure.RunException;
import io.coldstream.core.failure.RunException.Kind;
import io.coldstream.core.manifest.FileEntry;
import io.coldstream.core.manifest.IndexEntry;
import io.coldstream.core.manifest.LeftOut;
import io.coldstream.core.manifest.Manifest;
import io.coldstream.core.manifest.Positions;
import io.coldstream.core.manifest.StoredBytes;
import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.ObjectReader;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.restore.PlannedFile.Place;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.index.IndexMap;
import io.coldstream.eventstore.index.TableName;
import io.coldstream.eventstore.log.Epoch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides everything about a restore before the first byte moves. Writes nothing. */
final class Planner {

  private static final long MOST_MAP_BYTES = 1 << 20;

  private final Repository repository;

  Planner(Repository repository) {
    this.repository = repository;
  }

  /**
   * Makes the plan.
   *
   * @param remembered the backup that an earlier attempt in this target took for the latest
   */
  RestorePlan plan(RestoreOptions options, OptionalLong remembered)
      throws RunException, IOException {
    boolean truncating = options.arrangement() == Arrangement.TRUNCATE;
    if (truncating && !isWholeBackup(options.point())) {
      throw new RunException(
          Kind.USAGE,
          "--at and --position need the arrangement direct: leave --arrange truncate out");
    }
    try {
      ChosenPoint chosen = new PointChoice(repository).choose(options.point(), remembered);
      return truncating ? truncating(options, chosen) : direct(options, chosen);
    } catch (DatabaseException | ObjectFault | StoredLog.EncryptedChunk e) {
      throw new RunException(
          Kind.REPOSITORY_DAMAGED,
          "the stored log cannot be read for this plan: " + e.getMessage()
              + ". Run coldstream verify; a whole backup (--backup, --arrange direct) may still be"
              + " restorable",
          e);
    }
  }

  private static boolean isWholeBackup(RestorePoint point) {
    return point instanceof RestorePoint.Latest || point instanceof RestorePoint.OfBackup;
  }

  private RestorePlan direct(RestoreOptions options, ChosenPoint chosen)
      throws RunException, IOException {
    Manifest manifest = chosen.files().manifest();
    Positions positions = manifest.positions();
    long end = chosen.position();
    OptionalLong epoch = position(manifest.lineage().lastWhollyBelow(end));
    List<Checkpoint> checkpoints =
        checkpoints(epoch, positions.proposal(), end, OptionalLong.empty(), end);
    return plan(options, chosen, end, end, checkpoints, chosen.notes());
  }

  private RestorePlan truncating(RestoreOptions options, ChosenPoint chosen)
      throws RunException, IOException {
    Manifest manifest = chosen.files().manifest();
    Positions positions = manifest.positions();
    StoredLog log = new StoredLog(chosen.files(), new ObjectReader(repository.store()));
    long cut = log.safeCut(Math.min(positions.chaser(), log.end()));
    new TruncationRule(positions, options.maxDropBytes()).require(log, cut);
    List<Checkpoint> checkpoints = checkpoints(
        positions.epoch(), positions.proposal(), positions.writer(), OptionalLong.of(cut), cut);
    List<String> notes = new ArrayList<>(chosen.notes());
    notes.add("truncating at " + cut + " drops "
        + (positions.restorePoint() - cut) + " bytes of the log below the restore point "
        + positions.restorePoint() + "; the arrangement direct drops none");
    ChosenPoint truncated =
        new ChosenPoint(chosen.files(), cut, log.timeBelow(cut), chosen.notes());
    return plan(options, truncated, positions.writer(), cut, checkpoints, notes);
  }

  private RestorePlan plan(
      RestoreOptions options,
      ChosenPoint chosen,
      long filesUpTo,
      long chaser,
      List<Checkpoint> checkpoints,
      List<String> notes)
      throws RunException, IOException {
    Manifest manifest = chosen.files().manifest();
    List<PlannedFile> files = new ArrayList<>();
    for (FileEntry chunk : chosen.files().chunks()) {
      if (chunk.chunk().orElseThrow().firstNumber() * manifest.chunkSizeBytes() < filesUpTo) {
        files.add(new PlannedFile(Place.DATABASE, chunk));
      }
    }
    Optional<String> indexReason = indexReason(manifest, options, chaser);
    if (indexReason.isEmpty()) {
      requireWholeIndex(manifest.index().orElseThrow());
      chosen.files().index().forEach(f -> files.add(new PlannedFile(Place.INDEX, f)));
    }
    return new RestorePlan(
        manifest,
        options.arrangement(),
        chosen.position(),
        chosen.time(),
        manifest.positions().restorePoint() - chosen.position(),
        files,
        checkpoints,
        indexReason,
        notes);
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

  /** A server throws an index away that goes up to chaser.chk or beyond (F§7.3: eventstore-files.md). */
  private static Optional<String> indexReason(
      Manifest manifest, RestoreOptions options, long chaser) {
    if (options.withoutIndex()) {
      return Optional.of("left out as asked");
    }
    if (manifest.index().isEmpty()) {
      return Optional.of(manifest.leftOut().stream()
          .filter(l -> l.name().equals("index"))
          .map(LeftOut::reason)
          .findFirst()
          .orElse("not in the backup"));
    }
    long commit = manifest.index().get().commitCheckpoint();
    return commit < chaser
        ? Optional.empty()
        : Optional.of("it goes up to " + commit + ", the log only to " + chaser);
  }

  /** Compares the index map with the tables that the manifest names. */
  private void requireWholeIndex(IndexEntry index) throws RunException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (index.map().lengthBytes() > MOST_MAP_BYTES) {
      throw damagedIndex("is longer than any index map");
    }
    ObjectReader reader = new ObjectReader(repository.store());
    for (StoredBytes stored : index.map().objects()) {
      reader.read(stored, 0, bytes::write);
    }
    IndexMap map = IndexMap.parse(bytes.toByteArray());
    Set<String> names = index.files().stream().map(FileEntry::name).collect(Collectors.toSet());
    Set<String> allowed = map.tables().stream()
        .flatMap(t -> Stream.of(t.guid(), t.bloomFilter()))
        .collect(Collectors.toSet());
    for (TableName table : map.tables()) {
      if (!names.contains(table.guid())) {
        throw damagedIndex("lists " + table + ", which the backup does not hold");
      }
    }
    for (String name : names) {
      if (!allowed.contains(name)) {
        throw damagedIndex("does not list " + name + ", which the backup holds");
      }
    }
    if (map.commitCheckpoint().orElse(0) != index.commitCheckpoint()) {
      throw damagedIndex("goes up to " + map.commitCheckpoint());
    }
  }

  private static RunException damagedIndex(String fault) {
    return new RunException(
        Kind.REPOSITORY_DAMAGED,
        "the stored index map " + fault
            + "; nothing was written. Restore with --without-index, or choose another backup");
  }
}
