package io.coldstream.cli.settings;

import java.util.Optional;

/**
 * The stores that a command works with.
 *
 * @param repository where the backups are
 * @param target what is set for the place that they are copied to
 */
public record StoreAddresses(Optional<RepositoryAddress> repository, TargetSettings target) {}
