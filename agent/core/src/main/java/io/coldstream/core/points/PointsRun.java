package io.coldstream.core.points;

import io.coldstream.core.repository.DiscardedTail;
import io.coldstream.core.repository.NewestLineage;
import io.coldstream.core.repository.NoBackup;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Finds out which points can be restored. Changes nothing. Used by one thread. */
public final class PointsRun {

  private final Workers workers;
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

  /**
   * Puts a run together.
   *
   * @param workers read manifests
   */
  public PointsRun(Workers workers) {
    this.workers = workers;
  }

  /**
   * Finds the points.
   *
   * @param repository where the backups are; its store tries again by itself
   * @return the points
   * @throws RunException as {@link NoBackup#found} when there is no backup; {@link
   *     Kind#REPOSITORY_DAMAGED} when none can be read; what a store's failure means
   */
  public RestorePoints run(Repository repository) throws RunException {
    try {
      return points(repository);
    } catch (StoreException e) {
      throw RunException.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException(Kind.INTERRUPTED, "stopped", e);
    } catch (IOException e) {
      throw new RunException(Kind.INTERNAL, "unexpected: " + e, e);
    }
  }

  private RestorePoints points(Repository repository)
      throws RunException, IOException, InterruptedException {
    List<Manifest> backups = backups(repository);
    Manifest newest = backups.get(backups.size() - 1);
    StretchReader reader = new StretchReader(backups, new PageCache(repository), notes::add);
    LogTimes times = new LogTimes(repository, notes::add);
    for (Manifest backup : backups) {
      long end = backup.log().positions().restorePoint();
      if (StretchReader.reach(backup, newest) == end) {
        times.know(end, backup.log().restorePointTime());
      }
    }
    List<LogStretch> stretches = timed(reader, times);
    return new RestorePoints(
        newest.sequence(),
        newest.log().restorePointTime(),
        stretches,
        discarded(backups, reader),
        times.chunks(newest),
        notes);
  }

  private List<Manifest> backups(Repository repository)
      throws RunException, IOException, InterruptedException {
    List<RunException> unreadable = Collections.synchronizedList(new ArrayList<>());
    List<Workers.Task<Optional<Manifest>>> reads = new ArrayList<>();
    for (long sequence : repository.sequences(0)) {
      reads.add(() -> repository.readableManifest(sequence, e -> {
        unreadable.add(e);
        notes.add("backup " + sequence + " was passed over: " + e.getMessage());
      }));
    }
    List<Manifest> backups =
        workers.all(reads).stream().flatMap(Optional::stream).toList();
    if (backups.isEmpty()) {
      throw unreadable.isEmpty() ? NoBackup.found(repository) : unreadable.get(0);
    }
    return backups;
  }

  private static List<LogStretch> timed(StretchReader reader, LogTimes times)
      throws RunException, IOException {
    List<LogStretch> timed = new ArrayList<>();
    Optional<Instant> before = Optional.empty();
    for (LogStretch stretch : reader.read()) {
      if (timed.isEmpty()) {
        before = times.from(reader.backup(stretch.firstBackup()), stretch.from());
      }
      Optional<Instant> after = times.below(reader.backup(stretch.lastBackup()), stretch.to());
      timed.add(stretch.timed(before, after));
      before = after;
    }
    return timed;
  }

  private static List<DiscardedEnd> discarded(List<Manifest> backups, StretchReader reader)
      throws RunException {
    NewestLineage lineage = NewestLineage.of(backups);
    List<DiscardedEnd> discarded = new ArrayList<>();
    for (Manifest backup : backups) {
      Optional<DiscardedTail> tail = lineage.discardedTail(backup);
      if (tail.isPresent()) {
        discarded.add(new DiscardedEnd(
            tail.get(),
            backup.log().restorePointTime(),
            reader.cost(backup, tail.get().end())));
      }
    }
    return discarded;
  }
}
