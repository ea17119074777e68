package io.coldstream.core.points;

import java.time.Instant;
import java.util.List;

/**
 * Which points can be restored.
 *
 * @param newestBackup the backup whose history counts
 * @param time the time of its last record
 * @param stretches the stretches of its history, in the order of the log
 * @param discarded what other backups hold beside that history
 * @param clock what the times of the records say of the clocks
 * @param notes what could not be read
 */
public record RestorePoints(
    long newestBackup,
    Instant time,
    List<LogStretch> stretches,
    List<DiscardedEnd> discarded,
    Clocks clock,
    List<String> notes) {

  /**
   * The times of the chunks' last records.
   *
   * @param chunks how many chunks the newest backup has
   * @param read of how many the time was read
   * @param steps where they go back
   */
  public record Clocks(int chunks, int read, List<ClockStep> steps) {

    /** Copies the list. */
    public Clocks {
      steps = List.copyOf(steps);
    }
  }

  /** Copies the lists. */
  public RestorePoints {
    stretches = List.copyOf(stretches);
    discarded = List.copyOf(discarded);
    notes = List.copyOf(notes);
  }
}
