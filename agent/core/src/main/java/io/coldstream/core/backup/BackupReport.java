package io.coldstream.core.backup;

import io.coldstream.core.backup.plan.BackupPlan;
import io.coldstream.core.backup.plan.Uploaded;
import io.coldstream.core.repository.manifest.LogState;
import io.coldstream.core.repository.manifest.Manifest;
import java.time.Duration;
import java.util.Optional;

/**
 * How a backup went.
 *
 * @param newRepository whether this run made it
 * @param plan what was planned last: what was sent and what was there already
 * @param committed the backup; empty after a dry run
 * @param sameAs the backup before, where this run has its restore point and found nothing to add to
 *     it: nothing was written since, or the directory is that of a node that is gone
 * @param log the log as it was captured last
 * @param captures how many captures it took
 * @param uploaded what this run stored, the manifest not counted
 * @param duration how long it took
 */
public record BackupReport(
    boolean newRepository,
    BackupPlan plan,
    Optional<Manifest> committed,
    Optional<Long> sameAs,
    LogState log,
    int captures,
    Uploaded uploaded,
    Duration duration) {}
