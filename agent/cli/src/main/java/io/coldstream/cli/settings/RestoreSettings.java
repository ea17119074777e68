package io.coldstream.cli.settings;

/**
 * How a backup is restored.
 *
 * @param truncate whether the server truncates the log at its first start
 * @param maxDropBytes how much of the log that may drop
 * @param withoutIndex whether the index is left out
 */
public record RestoreSettings(boolean truncate, long maxDropBytes, boolean withoutIndex) {}
