package io.coldstream.store;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An object to be created.
 *
 * @param name its name
 * @param source its content
 * @param placement how it will be used
 * @param lockedUntil the time until which nobody can remove or change it, in whole seconds; empty
 *     for an object without a lock
 * @param listener receives its progress
 */
public record PutRequest(
    ObjectName name,
    ObjectSource source,
    Placement placement,
    Optional<Instant> lockedUntil,
    PutListener listener) {

  /**
   * Checks that nothing is missing.
   *
   * @throws IllegalArgumentException for a lock that does not end at a whole second
   */
  public PutRequest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(placement, "placement");
    Objects.requireNonNull(listener, "listener");
    if (lockedUntil.filter(until -> until.getNano() != 0).isPresent()) {
      throw new IllegalArgumentException(name + ": a lock until " + lockedUntil.get());
    }
  }

  /**
   * An object to be created, without a lock.
   *
   * @param name its name
   * @param source its content
   * @param placement how it will be used
   * @param listener receives its progress
   */
  public PutRequest(
      ObjectName name, ObjectSource source, Placement placement, PutListener listener) {
    this(name, source, placement, Optional.empty(), listener);
  }

  /**
   * An object to be created, without a lock and a listener.
   *
   * @param name its name
   * @param source its content
   * @param placement how it will be used
   */
  public PutRequest(ObjectName name, ObjectSource source, Placement placement) {
    this(name, source, placement, PutListener.NONE);
  }

  /**
   * The same request with another source, for a decorator.
   *
   * @param other gives the same bytes
   * @return the request
   */
  public PutRequest withSource(ObjectSource other) {
    return new PutRequest(name, other, placement, lockedUntil, listener);
  }

  /**
   * The same request with another listener, for a decorator.
   *
   * @param other receives its progress
   * @return the request
   */
  public PutRequest withListener(PutListener other) {
    return new PutRequest(name, source, placement, lockedUntil, other);
  }

  /**
   * The same request with a lock.
   *
   * @param until when the lock ends, in whole seconds
   * @return the request
   */
  public PutRequest withLock(Instant until) {
    return new PutRequest(name, source, placement, Optional.of(until), listener);
  }
}
