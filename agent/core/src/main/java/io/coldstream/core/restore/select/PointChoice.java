package io.coldstream.core.restore.select;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.DiscardedTail;
import io.coldstream.core.repository.NewestLineage;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.chunk.Chunk;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Finds the backup and the position that a user means. For a point in time it is the oldest backup of
 * the newest one's history that reaches it: that one has the chunks as they were closest to it, when
 * later ones may have them scavenged.
 */
public final class PointChoice {

  private final Repository repository;
  private final boolean resentFirst;
  private final List<String> notes = new ArrayList<>();

  /**
   * For one choice.
   *
   * @param repository where the backups are
   * @param resentFirst as {@link ResentReader} takes it
   */
  public PointChoice(Repository repository, boolean resentFirst) {
    this.repository = repository;
    this.resentFirst = resentFirst;
  }

  /**
   * Chooses.
   *
   * @param point which state the user wants
   * @param remembered the backup that an earlier attempt in this target took for the latest
   * @return the backup and the position
   * @throws RunException {@link Kind#USAGE} when no backup reaches that point; {@link
   *     Kind#REPOSITORY_DAMAGED} when the backup cannot be read
   * @throws IOException when the stored log cannot be read
   */
  public ChosenPoint choose(RestorePoint point, OptionalLong remembered)
      throws RunException, IOException {
    if (point instanceof RestorePoint.OfBackup chosen) {
      return whole(chosen.sequence(), false);
    }
    if (point instanceof RestorePoint.AtPosition at) {
      return atPosition(at.position());
    }
    if (point instanceof RestorePoint.AtTime at) {
      return atTime(at);
    }
    return remembered.isPresent()
        ? whole(remembered.getAsLong(), true)
        : ChosenPoint.whole(
            BackupFiles.read(repository, repository.newest()), Optional.empty(), notes);
  }

  private ChosenPoint whole(long sequence, boolean begun) throws RunException {
    BackupFiles files = BackupFiles.read(repository, sequence);
    Optional<DiscardedTail> discarded = discardedTail(files.manifest(), begun);
    return ChosenPoint.whole(files, discarded, notes);
  }

  /**
   * What a later backup does not hold; a restore does without knowing it.
   *
   * @param begun whether "latest" meant this backup when the restore began, which stays so
   */
  private Optional<DiscardedTail> discardedTail(Manifest backup, boolean begun)
      throws RunException {
    try {
      NewestLineage lineage = NewestLineage.of(repository, backup.sequence(), notes::add);
      if (begun && lineage.newestSequence() > backup.sequence()) {
        notes.add("The restore that began in this directory is of backup " + backup.sequence()
            + "; the newest backup is " + lineage.newestSequence()
            + ". To restore that one, choose another directory,"
            + " or remove an unfinished restore with --discard first.");
      }
      return lineage.discardedTail(backup);
    } catch (RunException e) {
      if (e.kind() != Kind.NO_ACCESS) {
        throw e;
      }
      notes.add("whether later backups continue backup " + backup.sequence() + " was not checked: "
          + e.getMessage());
      return Optional.empty();
    }
  }

  private ChosenPoint atPosition(long position) throws RunException, IOException {
    Manifest newest = repository.manifest(repository.newest());
    if (newest.log().positions().restorePoint() < position) {
      throw new RunException(
          Kind.USAGE,
          "position " + position + " is beyond the newest backup, which ends at "
              + newest.log().positions().restorePoint()
              + "; leave --position out to restore that, or choose a backup of another history"
              + " with --backup");
    }
    Reaching found = oldest(newest, m -> m.log().positions().restorePoint() >= position, position);
    BackupFiles files = found.files();
    if (position == files.manifest().log().positions().restorePoint()) {
      return ChosenPoint.whole(files, Optional.empty(), notes);
    }
    StoredLog log = log(files);
    long cut = log.safeCut(ofNextChunk(log, position));
    return cut(files, log, cut, position, Optional.empty());
  }

  private StoredLog log(BackupFiles files) throws IOException {
    return new StoredLog(
        files, new ResentReader(repository, files.manifest().sequence(), resentFirst));
  }

  /** A position behind a chunk's last record means the next chunk's start: nothing lies between. */
  private static long ofNextChunk(StoredLog log, long position) {
    if (position >= log.end()) {
      return log.end();
    }
    Chunk chunk = log.chunkAt(position);
    boolean behindData = chunk
        .footer()
        .filter(f -> position >= chunk.startPosition() + f.logicalDataBytes())
        .isPresent();
    return behindData && chunk.endPosition() <= log.end() ? chunk.endPosition() : position;
  }

  private ChosenPoint atTime(RestorePoint.AtTime at) throws RunException, IOException {
    Manifest newest = repository.manifest(repository.newest());
    Instant end = newest.log().restorePointTime();
    if (end.isBefore(at.time())) {
      throw new RunException(
          Kind.USAGE,
          "the newest backup's last record is of " + end + ", before " + at.time()
              + "; leave --at out to restore it");
    }
    Instant time = at.last().isBefore(end) ? at.last() : end;
    Reaching found = oldest(newest, m -> !m.log().restorePointTime().isBefore(time), 0);
    BackupFiles files = found.files();
    StoredLog log = log(files);
    long position = log.safeCutUpTo(time);
    Optional<DiscardedTail> discarded = Optional.empty();
    if (!sameHistory(files.manifest(), newest, position)) {
      discarded = discardedTail(files.manifest(), false);
      files = BackupFiles.read(repository, newest);
      log = log(files);
      position = log.safeCutUpTo(time);
    } else if (found.holdingMoreThan(position).isPresent()) {
      return ChosenPoint.whole(
          BackupFiles.read(repository, found.before().get()), Optional.empty(), notes);
    }
    position = Math.min(position, files.manifest().log().positions().restorePoint());
    return cut(files, log, position, position, discarded);
  }

  private ChosenPoint cut(
      BackupFiles files, StoredLog log, long cut, long asked, Optional<DiscardedTail> discarded)
      throws RunException, IOException {
    long first = files.manifest().log().lineage().epochs().get(0).position();
    if (cut <= first) {
      throw new RunException(
          Kind.USAGE, "nothing of the log lies below that point that a database could start with");
    }
    if (cut < asked) {
      String note =
          "position " + asked + " is no place where the log may end; the one before it is " + cut;
      Chunk chunk = log.chunkAt(asked - 1);
      if (chunk.header().scavenged()) {
        note += ": it lies in " + chunk.name()
            + ", which was scavenged, so that only its start and its end " + chunk.endPosition()
            + " can be restored";
      }
      notes.add(note);
    }
    return new ChosenPoint(files, cut, log.timeBelow(cut), discarded, notes);
  }

  /**
   * Finds the oldest backup of the newest one's history that reaches far enough by halving: when one
   * does, those after it do. One that cannot be read is passed over: it is not what was asked for.
   */
  private Reaching oldest(Manifest newest, Predicate<Manifest> reaches, long position)
      throws RunException {
    Predicate<Manifest> fits = reaches.and(m -> sameHistory(m, newest, position));
    Map<Long, Manifest> found = new HashMap<>();
    Optional<Manifest> before = Optional.empty();
    List<Long> older = new ArrayList<>(repository.sequences(0));
    older.removeIf(sequence -> sequence >= newest.sequence());
    int low = 0;
    int high = older.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      Optional<Manifest> manifest = readable(older.get(middle), repository::findManifest);
      if (manifest.isEmpty()) {
        older.remove(middle);
        high--;
      } else if (fits.test(manifest.get())) {
        found.put(older.get(middle), manifest.get());
        high = middle;
      } else {
        before = manifest.filter(m -> sameHistory(m, newest, m.log().positions().restorePoint()));
        low = middle + 1;
      }
    }
    for (long sequence : older.subList(low, older.size())) {
      Optional<BackupFiles> files =
          readable(sequence, s -> fitting(s, Optional.ofNullable(found.get(s)), fits));
      if (files.isPresent()) {
        return new Reaching(files.get(), before);
      }
    }
    return new Reaching(BackupFiles.read(repository, newest), before);
  }

  /**
   * The oldest backup that reaches a point.
   *
   * @param files the backup
   * @param before the backup before it, of the same history, which ends below the point
   */
  private record Reaching(BackupFiles files, Optional<Manifest> before) {

    /** The backup before, where it holds more up to the point: a scavenged chunk can be cut less. */
    Optional<Manifest> holdingMoreThan(long cut) {
      return before.filter(m -> m.log().positions().restorePoint() > cut);
    }
  }

  private Optional<BackupFiles> fitting(
      long sequence, Optional<Manifest> found, Predicate<Manifest> fits) throws RunException {
    Optional<Manifest> manifest =
        found.isPresent() ? found : repository.findManifest(sequence).filter(fits);
    return manifest.isPresent()
        ? Optional.of(BackupFiles.read(repository, manifest.get()))
        : Optional.empty();
  }

  private <T> Optional<T> readable(long sequence, Finding<T> finding) throws RunException {
    try {
      return finding.of(sequence);
    } catch (RunException e) {
      if (e.kind() != Kind.REPOSITORY_DAMAGED) {
        throw e;
      }
      notes.add("backup " + sequence + " was passed over: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Reads something of a backup, unless it is gone. */
  @FunctionalInterface
  private interface Finding<T> {
    Optional<T> of(long sequence) throws RunException;
  }

  /** Whether two backups hold the same log below a position. */
  private static boolean sameHistory(Manifest one, Manifest other, long position) {
    return one.log().lineage().firstDifference(other.log().lineage()).orElse(Long.MAX_VALUE)
        >= position;
  }
}
