package io.coldstream.store.cloud;

/**
 * Identifies one unfinished upload.
 *
 * @param key the key that its object would have
 * @param id what the driver calls it
 */
public record UploadId(String key, String id) {}
