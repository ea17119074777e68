package io.coldstream.core.lock;

import io.coldstream.core.repository.manifest.DigestedJson;
import java.time.Instant;

/**
 * A document that says until when everything that a backup needs is locked. {@code
 * repository-format.md} explains each field.
 *
 * @param sequence the backup's number
 * @param repository the repository's id
 * @param time when it was noted
 * @param until the earliest end of the locks
 * @param objects how many objects the backup needs
 * @param extended how many locks the run extended for it
 */
record LockRecord(
    long sequence, String repository, Instant time, Instant until, long objects, long extended) {

  byte[] bytes() {
    return DigestedJson.write(this);
  }
}
