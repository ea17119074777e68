package io.coldstream.core.inspect;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.log.CachedFiles;
import io.coldstream.core.repository.log.ResentReader;
import io.coldstream.core.repository.log.StoredEvents;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.support.failure.RunException;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When the first record of each chunk was written. Reads 32 KiB of each chunk, and of a scavenged one
 * also its end and its position map's first entries.
 */
public final class ChunkTimes {

  private ChunkTimes() {}

  /**
   * Reads them.
   *
   * @param repository where the backup is
   * @param files the backup
   * @return the times by the files' names; a chunk without records has none
   * @throws RunException when a chunk cannot be read
   */
  public static Map<String, Instant> read(Repository repository, BackupFiles files)
      throws RunException {
    Map<String, Instant> times = new HashMap<>();
    long sequence = files.manifest().sequence();
    long size = files.manifest().log().chunkSizeBytes();
    try (CachedFiles cached = new CachedFiles(new ResentReader(repository, sequence, false))) {
      StoredEvents log = new StoredEvents(files, cached);
      for (FileEntry file : files.chunks()) {
        long start = file.chunk().orElseThrow().firstNumber() * size;
        if (start < log.end()) {
          log.firstOfChunk(start).ifPresent(r -> times.put(file.name(), r.timestamp()));
        }
      }
      return times;
    } catch (IOException e) {
      throw StreamRun.failure(sequence, e);
    }
  }
}
