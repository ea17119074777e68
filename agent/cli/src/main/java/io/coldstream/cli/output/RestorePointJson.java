package io.coldstream.cli.output;

import java.time.Instant;

/**
 * The object {@code restorePoint} of {@code json-output.md}.
 *
 * @param position log position up to which a restore restores everything
 * @param time the time in the last record below it
 */
public record RestorePointJson(long position, Instant time) {}
