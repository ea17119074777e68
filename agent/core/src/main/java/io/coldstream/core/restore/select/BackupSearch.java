package io.coldstream.core.restore.select;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Searches a repository for the backup that reaches a point of the log. */
final class BackupSearch {

  private final Repository repository;
  private final Consumer<String> notes;

  /**
   * A search.
   *
   * @param notes is told which backups cannot be read and were passed over
   */
  BackupSearch(Repository repository, Consumer<String> notes) {
    this.repository = repository;
    this.notes = notes;
  }

  /**
   * Finds the oldest backup of the newest one's history that reaches far enough by halving: when one
   * does, those after it do. One that cannot be read is passed over: it is not what was asked for.
   */
  Found oldest(Manifest newest, Predicate<Manifest> reaches, long position) throws RunException {
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
        return new Found(files.get(), before);
      }
    }
    return new Found(BackupFiles.read(repository, newest), before);
  }

  /**
   * The oldest backup that reaches a point.
   *
   * @param files the backup
   * @param before the backup before it, of the same history, which ends below the point
   */
  record Found(BackupFiles files, Optional<Manifest> before) {}

  /**
   * The backup before one that was found.
   *
   * @param found the oldest that reaches a point
   * @param cut where that one can be cut
   * @return the backup before, where it ends above the cut and can be read
   */
  Optional<BackupFiles> before(Found found, long cut) throws RunException {
    Optional<Manifest> before =
        found.before().filter(m -> m.log().positions().restorePoint() > cut);
    return before.isPresent()
        ? readable(
            before.get().sequence(),
            sequence -> Optional.of(BackupFiles.read(repository, before.get())))
        : Optional.empty();
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
      notes.accept("backup " + sequence + " was passed over: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Reads something of a backup, unless it is gone. */
  @FunctionalInterface
  private interface Finding<T> {
    Optional<T> of(long sequence) throws RunException;
  }

  /** Whether two backups hold the same log below a position. */
  static boolean sameHistory(Manifest one, Manifest other, long position) {
    return one.log().lineage().firstDifference(other.log().lineage()).orElse(Long.MAX_VALUE)
        >= position;
  }
}
