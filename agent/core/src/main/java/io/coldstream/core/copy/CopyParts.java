package io.coldstream.core.copy;

import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.work.Workers;
import java.time.Clock;

/**
 * What a copy works with.
 *
 * @param source the repository that is copied; its store tries again by itself and is not closed here
 * @param target where it goes; likewise
 * @param workers copy objects
 * @param listener receives the progress
 * @param clock tells how long it took
 */
public record CopyParts(
    Repository source,
    RepositoryLocation target,
    Workers workers,
    RunListener listener,
    Clock clock) {}
