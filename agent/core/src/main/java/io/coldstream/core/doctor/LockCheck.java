package io.coldstream.core.doctor;

import io.coldstream.store.Content;
import io.coldstream.store.ObjectName;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Creates a small object with a short lock, extends the lock, and reads it where that is allowed.
 *
 * @param scratch where
 * @param until when the first lock ends
 */
record LockCheck(Scratch scratch, Instant until) {

  private static final Duration EXTENSION = Duration.ofMinutes(5);

  CheckResult run(Check check) throws IOException {
    ObjectName name = scratch.name("locked");
    Instant later = until.plus(EXTENSION);
    scratch
        .store()
        .put(new PutRequest(name, Content.of(new byte[Scratch.LOCKED_BYTES]), Placement.STANDARD)
            .withLock(until));
    scratch.lockUntil(later);
    scratch.store().extend(name, later);
    Optional<Instant> found;
    try {
      found = scratch.store().lockedUntil(name);
    } catch (StoreException e) {
      if (e.kind() != Kind.ACCESS_DENIED) {
        throw e;
      }
      return check.passed("a lock until " + until + " was accepted, and then one until " + later
          + "; this identity cannot read locks, and need not");
    }
    return found.equals(Optional.of(later))
        ? check.passed("locked until " + until + ", then until " + later + ", as read back")
        : check.misbehaves(
            "a lock until " + later + " was accepted, but the store says "
                + found.map(end -> "that it ends at " + end).orElse("that there is none"),
            "do not use the setting lock with this store");
  }
}
