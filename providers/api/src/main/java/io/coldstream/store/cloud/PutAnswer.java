package io.coldstream.store.cloud;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a store says of an object that it has just created.
 *
 * @param version its version, where the answer tells it
 * @param lengthBytes its length, where the answer tells it
 * @param crc32c the checksum of its content, as {@link Checksums} writes it, where the answer tells it
 * @param doubt why the store may have kept something else although it confirmed the object, and what
 *     to do then; the length is compared with a listing's. Empty where the store has compared a digest
 */
public record PutAnswer(
    Optional<String> version,
    OptionalLong lengthBytes,
    Optional<String> crc32c,
    Optional<String> doubt) {}
