package io.coldstream.core.restore.target;

import java.nio.file.Path;

/**
 * What a restore needs on a file system.
 *
 * @param folder a directory of the target on it
 * @param neededBytes for what is not there yet
 * @param freeBytes how much this user can still write
 */
public record SpaceNeed(Path folder, long neededBytes, long freeBytes) {}
