package io.coldstream.core.restore.select;

import io.coldstream.core.repository.BackupFiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A backup and where in it the restored log is to end.
 *
 * @param files the backup
 * @param position a safe cut
 * @param time the clock of the last record below it, where known
 * @param notes how the position was found, where that is not what was asked for
 */
public record ChosenPoint(
    BackupFiles files, long position, Optional<Instant> time, List<String> notes) {

  /** Copies the list. */
  public ChosenPoint {
    notes = List.copyOf(notes);
  }

  static ChosenPoint whole(BackupFiles files) {
    return new ChosenPoint(
        files,
        files.manifest().positions().restorePoint(),
        Optional.of(files.manifest().restorePointTime()),
        List.of());
  }

  /**
   * The same with more notes.
   *
   * @param more what else the user should know
   * @return the point
   */
  public ChosenPoint noting(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new ChosenPoint(files, position, time, all);
  }
}
