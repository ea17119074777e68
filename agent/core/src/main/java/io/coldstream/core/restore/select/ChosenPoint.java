package io.coldstream.core.restore.select;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.DiscardedTail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A backup and where in it the restored log is to end.
 *
 * @param files the backup
 * @param position a safe cut
 * @param discarded the discarded tail that the backup ends with, or that the asked time lies in
 * @param notes how the position was found, where that is not what was asked for
 */
public record ChosenPoint(
    BackupFiles files, long position, Optional<DiscardedTail> discarded, List<String> notes) {

  /** Copies the list. */
  public ChosenPoint {
    notes = List.copyOf(notes);
  }

  static ChosenPoint whole(
      BackupFiles files, Optional<DiscardedTail> discarded, List<String> notes) {
    return new ChosenPoint(
        files, files.manifest().log().positions().restorePoint(), discarded, notes);
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
    return new ChosenPoint(files, position, discarded, all);
  }

  /**
   * The same backup with another end.
   *
   * @param cut a safe cut
   * @return the point, without a discarded tail that lies above it
   */
  public ChosenPoint cutAt(long cut) {
    return new ChosenPoint(files, cut, discarded.filter(tail -> tail.position() < cut), notes);
  }
}
