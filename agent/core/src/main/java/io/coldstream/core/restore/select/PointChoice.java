package io.coldstream.core.restore.select;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.DiscardedTail;
import io.coldstream.core.repository.NewestLineage;
import io.coldstream.core.repository.NoBackup;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.log.ResentReader;
import io.coldstream.core.repository.log.StoredLog;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.Positions;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.chunk.Chunk;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the backup and the position that a user means. For a point in time it is the oldest backup of
 * the newest one's history that reaches it: that one has the chunks as they were closest to it, when
 * later ones may have them scavenged.
 */
public final class PointChoice {

  private final Repository repository;
  private final boolean resentFirst;
  private final List<String> notes = new ArrayList<>();
  private final BackupSearch search;

  /**
   * For one choice.
   *
   * @param repository where the backups are
   * @param resentFirst as {@link ResentReader} takes it
   */
  public PointChoice(Repository repository, boolean resentFirst) {
    this.repository = repository;
    this.resentFirst = resentFirst;
    this.search = new BackupSearch(repository, notes::add);
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
    if (point instanceof RestorePoint.BeforeEvent before) {
      return beforeEvent(before);
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
    Manifest newest = newestReadable();
    if (newest.log().positions().restorePoint() < position) {
      throw new RunException(
          Kind.USAGE,
          "position " + position + " is beyond the newest backup, which ends at "
              + newest.log().positions().restorePoint()
              + "; leave --position out to restore that, or choose a backup of another history"
              + " with --backup");
    }
    BackupSearch.Found found =
        search.oldest(newest, m -> m.log().positions().restorePoint() >= position, position);
    BackupFiles files = found.files();
    if (position == files.manifest().log().positions().restorePoint()) {
      return ChosenPoint.whole(files, Optional.empty(), notes);
    }
    StoredLog log = log(files);
    long asked = ofNextChunk(log, position);
    if (asked > position) {
      notes.add(
          "position " + position + " lies behind the last record of its chunk: the log ends at"
              + " the start of the next one, " + asked);
    }
    long cut = log.safeCut(asked);
    Optional<BackupFiles> before = search.before(found, cut);
    if (before.isPresent()) {
      PointMessages.scavenged(log, position).ifPresent(notes::add);
      return ChosenPoint.whole(before.get(), Optional.empty(), notes);
    }
    return cut(files, log, cut, position, Optional.empty());
  }

  /** A point is one of the log's: a newest manifest that is damaged does not stand in its way. */
  private Manifest newestReadable() throws RunException {
    List<RunException> unreadable = new ArrayList<>();
    Optional<Manifest> newest =
        repository.newestReadable(repository.sequences(0), (sequence, e) -> unreadable.add(e));
    if (newest.isEmpty()) {
      throw unreadable.isEmpty() ? NoBackup.found(repository) : unreadable.get(0);
    }
    unreadable.forEach(e -> notes.add("a newer backup was passed over: " + e.getMessage()));
    return newest.get();
  }

  private ChosenPoint beforeEvent(RestorePoint.BeforeEvent before)
      throws RunException, IOException {
    EventSearch events = new EventSearch(repository, resentFirst, before, notes::add);
    if (before.sequence().isEmpty()) {
      return atPosition(events.inHistory(newestReadable()));
    }
    BackupFiles files = BackupFiles.read(repository, before.sequence().getAsLong());
    long begin = events.in(files);
    StoredLog log = log(files);
    long cut = log.safeCut(begin);
    Optional<DiscardedTail> discarded =
        discardedTail(files.manifest(), false).filter(tail -> tail.position() < cut);
    return cut(files, log, cut, begin, discarded);
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
    Manifest newest = newestReadable();
    Instant end = newest.log().restorePointTime();
    if (end.isBefore(at.time())) {
      throw new RunException(
          Kind.USAGE,
          "the newest backup's last record is of " + end + ", before " + at.time()
              + "; leave --at out to restore it");
    }
    Instant time = at.last().isBefore(end) ? at.last() : end;
    BackupSearch.Found found =
        search.oldest(newest, m -> !m.log().restorePointTime().isBefore(time), 0);
    BackupFiles files = found.files();
    StoredLog log = log(files);
    long position = log.safeCutUpTo(time);
    Optional<DiscardedTail> discarded = Optional.empty();
    if (!BackupSearch.sameHistory(files.manifest(), newest, position)) {
      discarded = discardedTail(files.manifest(), false);
      files = BackupFiles.read(repository, newest);
      log = log(files);
      position = log.safeCutUpTo(time);
    } else {
      PointMessages.scavengedTime(log, position).ifPresent(notes::add);
      // The chunks of the backup before may not be scavenged yet. How far it may go its records
      // say.
      Optional<BackupFiles> before = search.before(found, position);
      long itsPosition = before.isPresent() ? log(before.get()).safeCutUpTo(time) : 0;
      if (itsPosition > position) {
        files = before.get();
        log = log(files);
        position = itsPosition;
      }
    }
    position = Math.min(position, files.manifest().log().positions().restorePoint());
    if (position <= first(files)) {
      throw PointMessages.nothingUpTo(at, log);
    }
    return cut(files, log, position, position, discarded);
  }

  private ChosenPoint cut(
      BackupFiles files, StoredLog log, long cut, long asked, Optional<DiscardedTail> discarded)
      throws RunException, IOException {
    if (cut <= first(files)) {
      throw PointMessages.nothingBelow(log);
    }
    if (cut < asked) {
      notes.add(
          "position " + Positions.text(asked) + " is inside a record or a write, where a log cannot"
              + " end; the last place before it is " + Positions.text(cut));
      PointMessages.scavenged(log, asked).ifPresent(notes::add);
    }
    return new ChosenPoint(files, cut, discarded, notes);
  }

  /** Where the log begins: no database can end there. */
  private static long first(BackupFiles files) {
    return files.manifest().log().lineage().epochs().get(0).position();
  }
}
