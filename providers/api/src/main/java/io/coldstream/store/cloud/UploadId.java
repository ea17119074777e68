package io.coldstream.store.cloud;

/**
 * What tells one unfinished upload from all others.
 *
 * @param key the key that its object would have
 * @param id what the driver calls it
 */
public record UploadId(String key, String id) {}
