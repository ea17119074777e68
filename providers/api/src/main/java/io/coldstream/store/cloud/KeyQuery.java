package io.coldstream.store.cloud;

import java.util.Optional;

/**
 * A page of a listing.
 *
 * @param prefix what the keys begin with
 * @param after only keys after this one, or from it on, where the store can leave the others out
 * @param token where the store continues, as {@link KeyPage#next} had it
 * @param maxKeys how many keys at most
 */
public record KeyQuery(
    String prefix, Optional<String> after, Optional<String> token, int maxKeys) {}
