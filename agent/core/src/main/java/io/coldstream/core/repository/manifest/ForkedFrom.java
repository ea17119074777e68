package io.coldstream.core.repository.manifest;

/**
 * Where a backup left the history of the one before it.
 *
 * @param sequence the backup that it does not continue, 1 or more
 * @param position the first log position at which they differ
 */
public record ForkedFrom(long sequence, long position) {}
