package io.coldstream.cli.settings;

import java.util.Optional;

/**
 * How a backup is made.
 *
 * @param label a name for the backup
 * @param maxElectionLossBytes how much of the newest backup an election may have taken back
 * @param minFreeBytes room that the database's disk must keep
 * @param withoutIndex whether the index is left out
 */
public record BackupSettings(
    Optional<String> label, long maxElectionLossBytes, long minFreeBytes, boolean withoutIndex) {}
