package io.coldstream.core.backup;

/**
 * Who makes a backup.
 *
 * @param host this machine's name
 * @param version this program's version
 */
public record Agent(String host, String version) {}
