package io.coldstream.cli.settings;

import io.coldstream.core.prune.policy.RetentionPolicy;
import java.time.Duration;

/**
 * What a prune removes.
 *
 * @param policy which backups are kept; without a rule when none is set
 * @param grace how long an object that no backup needs stays
 * @param confirmed whether anything is removed
 */
public record RetentionSettings(RetentionPolicy policy, Duration grace, boolean confirmed) {}
