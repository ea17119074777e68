package io.coldstream.store.cloud;

import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An answer that sends an object or a range of it.
 *
 * @param version the object's version, where the answer tells it
 * @param bodyBytes how long the body is, where the answer tells it ({@code Content-Length})
 * @param contentRange the header of that name, where there is one
 * @param objectBytes how long the whole object is, where the answer tells it apart from its body
 * @param crc32c the checksum of the whole object, as {@link Checksums} writes it, where it is to be
 *     compared with the body
 * @param body the bytes; closing it after its end lets the connection serve again, closing it earlier
 *     cuts the connection
 */
public record Download(
    Optional<String> version,
    OptionalLong bodyBytes,
    Optional<String> contentRange,
    OptionalLong objectBytes,
    Optional<String> crc32c,
    InputStream body) {}
