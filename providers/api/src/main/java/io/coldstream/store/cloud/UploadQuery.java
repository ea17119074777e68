package io.coldstream.store.cloud;

import java.util.Optional;

/**
 * A page of a listing of unfinished uploads.
 *
 * @param prefix what the keys begin with
 * @param like only uploads that were begun as this object's would be; empty for all
 * @param from where the store continues
 */
public record UploadQuery(String prefix, Optional<NewObject> like, Optional<UploadPosition> from) {}
