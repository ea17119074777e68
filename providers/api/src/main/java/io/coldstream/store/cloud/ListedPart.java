package io.coldstream.store.cloud;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * An entry of a listing of parts, as the store sent it.
 *
 * @param section which section of the content it is, from 0
 * @param lengthBytes its length
 * @param tag what the store calls it
 * @param crc32c the checksum of its bytes
 */
public record ListedPart(
    OptionalInt section, OptionalLong lengthBytes, Optional<String> tag, OptionalInt crc32c) {}
