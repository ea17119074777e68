package io.coldstream.store.cloud;

import java.util.OptionalInt;

/**
 * A part that the store has.
 *
 * @param tag what the store calls it
 * @param lengthBytes its length
 * @param crc32c the checksum of its bytes, where the store or this process knows it
 */
public record Part(String tag, long lengthBytes, OptionalInt crc32c) {}
