package io.coldstream.core.backup;

import io.coldstream.core.backup.capture.CaptureStep;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.state.Hints;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.ObjectStore;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * What a backup works with; the same for any number of backups of one database.
 *
 * @param store the destination, opened on the repository's prefix; not closed here
 * @param capture the source
 * @param workers upload the files
 * @param hints what earlier runs on this machine remembered
 * @param listener receives the progress
 * @param clock dates the backup for people; it decides only how often progress is noted
 * @param random the source of ids
 * @param agent who makes the backup
 */
public record BackupParts(
    ObjectStore store,
    CaptureStep capture,
    Workers workers,
    Hints hints,
    RunListener listener,
    Clock clock,
    RandomGenerator random,
    Agent agent) {}
