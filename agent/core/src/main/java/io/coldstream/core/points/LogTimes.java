package io.coldstream.core.points;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.log.ResentReader;
import io.coldstream.core.repository.log.StoredLog;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.log.DescribedRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The times of some records, by positions of the log above them: those that manifests have, and a
 * bounded number that is read from the log. Not thread-safe.
 */
final class LogTimes {

  /** Of so many chunks the last record is read; spread evenly where there are more. */
  static final int MAX_CHUNKS = 50;

  /** So many ends of stretches that no manifest has a time for are read. */
  private static final int MAX_ENDS = 50;

  private final Repository repository;
  private final Consumer<String> notes;
  private final NavigableMap<Long, Instant> below = new TreeMap<>();

  /** One at a time: each has an entry for every chunk. */
  private Optional<OpenLog> open = Optional.empty();

  private int reads;
  private boolean failed;

  LogTimes(Repository repository, Consumer<String> notes) {
    this.repository = repository;
    this.notes = notes;
  }

  /** Takes the time that a manifest has. */
  void know(long position, Instant time) {
    below.put(position, time);
  }

  /** The time of the last record below a position, read from a backup unless it is known. */
  Optional<Instant> below(Manifest backup, long position) throws RunException, IOException {
    if (!below.containsKey(position) && reads < MAX_ENDS) {
      reads++;
      read(backup, log -> log.recordBelow(position)).ifPresent(time -> below.put(position, time));
    }
    return Optional.ofNullable(below.get(position));
  }

  /** The time of the first record from a position on. */
  Optional<Instant> from(Manifest backup, long position) throws RunException, IOException {
    return read(backup, log -> log.recordFrom(position));
  }

  /** Reads the last records of a backup's chunks, and finds where times go back. */
  RestorePoints.Clocks chunks(Manifest backup) throws RunException, IOException {
    List<FileEntry> chunks = log(backup).files().chunks();
    long size = backup.log().chunkSizeBytes();
    long end = backup.log().positions().restorePoint();
    int count = Math.min(MAX_CHUNKS, chunks.size());
    int read = 0;
    for (int i = 0; i < count && !failed; i++) {
      FileEntry chunk = chunks.get((int) ((long) (i + 1) * chunks.size() / count) - 1);
      long position = Math.min(end, PageCache.end(chunk, size));
      if (!below.containsKey(position)) {
        read(backup, log -> log.recordBelow(position)).ifPresent(time -> below.put(position, time));
      }
      read += below.containsKey(position) ? 1 : 0;
    }
    return new RestorePoints.Clocks(chunks.size(), read, steps());
  }

  private List<ClockStep> steps() {
    List<ClockStep> steps = new ArrayList<>();
    Map.Entry<Long, Instant> before = null;
    for (Map.Entry<Long, Instant> next : below.entrySet()) {
      if (before != null && next.getValue().isBefore(before.getValue())) {
        steps.add(
            new ClockStep(before.getKey(), before.getValue(), next.getKey(), next.getValue()));
      }
      before = next;
    }
    return steps;
  }

  /** Reads a record; a log that cannot be read, as one that is encrypted at rest, has no times. */
  private Optional<Instant> read(Manifest backup, Reading reading)
      throws RunException, IOException {
    if (failed) {
      return Optional.empty();
    }
    try {
      return reading.of(log(backup).log()).map(found -> found.record().timestamp());
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      failed = true;
      notes.accept("times of records were not read from backup " + backup.sequence() + ": "
          + e.getMessage());
      return Optional.empty();
    }
  }

  private OpenLog log(Manifest backup) throws RunException, IOException {
    if (open.filter(log -> log.files().manifest().equals(backup)).isEmpty()) {
      BackupFiles files = BackupFiles.read(repository, backup);
      ResentReader reader = new ResentReader(repository, backup.sequence(), false);
      open = Optional.of(new OpenLog(files, new StoredLog(files, reader)));
    }
    return open.orElseThrow();
  }

  private record OpenLog(BackupFiles files, StoredLog log) {}

  /** Reads one record of a log. */
  @FunctionalInterface
  private interface Reading {
    Optional<DescribedRecord> of(StoredLog log) throws IOException;
  }
}
