package io.coldstream.store.cloud;

/**
 * Where the next page of a listing of unfinished uploads begins.
 *
 * @param key the key of the last upload before it, or the store's own mark; empty when the store does
 *     not tell, which is an error of the store
 * @param uploadId the id of that upload; empty when the store does not tell
 */
public record UploadPosition(String key, String uploadId) {}
