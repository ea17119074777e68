package io.coldstream.core.prune;

import io.coldstream.core.repository.Repository;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.work.Workers;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * What a prune works with.
 *
 * @param repository what is pruned; its store remembers nothing
 * @param workers several reads at once
 * @param clock the time of this machine: for durations and people, and for what is only planned
 * @param random names the run
 * @param listener receives the progress
 */
public record PruneParts(
    Repository repository,
    Workers workers,
    Clock clock,
    RandomGenerator random,
    RunListener listener) {}
