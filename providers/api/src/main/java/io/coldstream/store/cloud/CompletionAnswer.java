package io.coldstream.store.cloud;

import java.util.Optional;

/**
 * What a store says of an object that it has just made of parts.
 *
 * @param version its version, where the answer tells it
 * @param checksumAgrees whether the object's checksum is that of the parts, where the answer tells it
 */
public record CompletionAnswer(Optional<String> version, Optional<Boolean> checksumAgrees) {}
