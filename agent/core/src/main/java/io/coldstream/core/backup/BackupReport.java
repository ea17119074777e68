package io.coldstream.core.backup;

import io.coldstream.core.backup.plan.BackupPlan;
import io.coldstream.core.repository.manifest.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a backup went.
 *
 * @param url the repository
 * @param newRepository whether this run made it
 * @param plan what was planned last: what was sent and what was there already
 * @param committed the backup; empty after a dry run
 * @param sameAs the backup before, where this run has its restore point and found nothing to add to
 *     it: nothing was written since, or the directory is that of a node that is gone
 * @param restorePoint log position up to which a restore brings everything back
 * @param restorePointTime clock of the last record below it
 * @param captures how many captures it took
 * @param sentObjects objects that this run created, the manifest not counted
 * @param sentBytes their bytes
 * @param resumedObjects objects that an earlier put had begun to send and this run completed
 * @param resumedParts how many of their parts were there already
 * @param duration how long it took
 * @param warnings sentences that the user should read
 */
public record BackupReport(
    String url,
    boolean newRepository,
    BackupPlan plan,
    Optional<Manifest> committed,
    Optional<Long> sameAs,
    long restorePoint,
    Instant restorePointTime,
    int captures,
    long sentObjects,
    long sentBytes,
    long resumedObjects,
    long resumedParts,
    Duration duration,
    List<String> warnings) {

  public BackupReport {
    warnings = List.copyOf(warnings);
  }
}
