package io.coldstream.core.repository.manifest;

/**
 * A file, or the whole index, that a backup does not hold.
 *
 * @param name the file's name, or {@code index}
 * @param reason why it was excluded, for people
 */
public record LeftOut(String name, String reason) {}
