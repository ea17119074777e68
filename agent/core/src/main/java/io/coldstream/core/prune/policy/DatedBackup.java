package io.coldstream.core.prune.policy;

import java.time.Instant;
import java.util.Optional;

/**
 * What the rules need to know of a backup.
 *
 * @param sequence its number
 * @param time when it was committed, by the clock of its node
 * @param label what the user called it
 */
public record DatedBackup(long sequence, Instant time, Optional<String> label) {}
