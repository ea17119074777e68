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
 * @param newRepository whether this run created the repository
 * @param plan the last plan: what was uploaded and what was there already
 * @param committed the backup; empty after a dry run
 * @param sameAs the backup before, when this one has the same restore point and adds nothing:
 *     nothing was written since, or the directory is that of a node that is gone
 * @param log the log as it was captured last
 * @param captures how many captures the run made
 * @param uploaded what this run stored, without the manifest
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
