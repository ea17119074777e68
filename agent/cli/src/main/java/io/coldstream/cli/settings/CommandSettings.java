package io.coldstream.cli.settings;

/**
 * What single commands do.
 *
 * @param backup how a backup is made
 * @param restore how one is restored
 * @param retention what a prune removes
 */
public record CommandSettings(
    BackupSettings backup, RestoreSettings restore, RetentionSettings retention) {}
