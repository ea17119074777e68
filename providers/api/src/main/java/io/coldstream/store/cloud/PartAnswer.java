package io.coldstream.store.cloud;

import java.util.Optional;

/**
 * What a store says of a part that it has just received.
 *
 * @param tag what it calls it
 * @param crc32c the checksum of what it received, as {@link Checksums} writes it, where it tells it
 */
public record PartAnswer(Optional<String> tag, Optional<String> crc32c) {}
