package io.coldstream.cli.settings;

import io.coldstream.core.node.NodeAddress;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The node that runs on the database.
 *
 * @param address where it is asked; empty when it is not asked
 * @param maxLagBytes how far it can be behind its leader; empty when that does not matter
 * @param quiet whether its scavenges are paused while its files are captured
 */
public record NodeSettings(
    Optional<NodeAddress> address, OptionalLong maxLagBytes, boolean quiet) {}
