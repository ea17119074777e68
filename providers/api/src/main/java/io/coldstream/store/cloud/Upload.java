package io.coldstream.store.cloud;

import java.time.Instant;
import java.util.Optional;

/**
 * An unfinished upload.
 *
 * @param id which one
 * @param begun when it was begun; one that does not tell is never taken for old
 */
public record Upload(UploadId id, Optional<Instant> begun) {}
