package io.coldstream.core.verify.history;

import java.time.Instant;
import java.util.List;

/**
 * The result of one part of a divided run.
 *
 * @param repository id of the repository
 * @param run the run's id
 * @param shard which part, from 1
 * @param time when it began
 * @param author who ran it
 * @param counts how much it checked
 * @param without backups that it could not read
 * @param findings the faults that it found
 */
public record Part(
    String repository,
    String run,
    int shard,
    Instant time,
    Author author,
    Counts counts,
    List<Long> without,
    Findings findings) {

  public Part {
    without = List.copyOf(without);
  }
}
