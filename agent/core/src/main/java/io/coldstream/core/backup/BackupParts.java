package io.coldstream.core.backup;

import io.coldstream.core.backup.capture.CaptureStep;
import io.coldstream.core.backup.capture.Pause;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.state.Hints;
import io.coldstream.core.support.work.Workers;
import io.coldstream.store.ObjectStore;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * What a backup works with.
 *
 * @param store where to, opened on the repository's prefix; not closed here
 * @param capture where from
 * @param workers how many files at once
 * @param hints what earlier runs on this machine remembered
 * @param pause what happens before a capture is made again
 * @param listener is told of the progress
 * @param clock tells people when, and decides nothing but how often progress is noted
 * @param random makes ids
 */
public record BackupParts(
    ObjectStore store,
    CaptureStep capture,
    Workers workers,
    Hints hints,
    Pause pause,
    RunListener listener,
    Clock clock,
    RandomGenerator random) {}
