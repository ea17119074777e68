package io.coldstream.core.restore.plan;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.log.ResentReader;
import io.coldstream.core.repository.log.StoredLog;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.log.DescribedRecord;
import java.io.IOException;
import java.util.Optional;

/**
 * The records on both sides of the end of a restored log. A complete backup can be restored also
 * where its records cannot be read, as with encryption at rest.
 *
 * @param lastKept the last record that is restored; empty when it was not read
 * @param firstDropped the backup's first record that is not restored; empty when all are, or when
 *     it was not read
 * @param unread why they were not read, as a sentence without its end
 */
public record CutRecords(
    Optional<DescribedRecord> lastKept,
    Optional<DescribedRecord> firstDropped,
    Optional<String> unread) {

  /** Reads the records of a stored backup. Only an interrupt is a failure. */
  static CutRecords read(Repository repository, BackupFiles files, long cut) throws IOException {
    try {
      try {
        return read(repository, files, cut, false);
      } catch (DatabaseException e) {
        return read(repository, files, cut, true); // perhaps they have been sent again
      }
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return new CutRecords(
          Optional.empty(),
          Optional.empty(),
          Optional.of(
              "the records at the end of the restored log were not read: " + e.getMessage()));
    }
  }

  private static CutRecords read(
      Repository repository, BackupFiles files, long cut, boolean resentFirst) throws IOException {
    StoredLog log = new StoredLog(
        files, new ResentReader(repository, files.manifest().sequence(), resentFirst));
    return new CutRecords(log.recordBelow(cut), log.recordFrom(cut), Optional.empty());
  }

  /**
   * Whether no record of the backup is left out.
   *
   * @return false also when that is not known
   */
  public boolean nothingDropped() {
    return unread.isEmpty() && firstDropped.isEmpty();
  }
}
