package io.coldstream.core.repository.manifest;

/**
 * How much a backup is, and how much of it was new.
 *
 * @param files database files that it holds
 * @param bytes their bytes
 * @param addedObjects objects that this run created before the manifest
 * @param addedBytes their bytes
 */
public record Totals(long files, long bytes, long addedObjects, long addedBytes) {}
