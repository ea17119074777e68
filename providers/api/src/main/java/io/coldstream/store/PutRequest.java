package io.coldstream.store;

import java.util.Objects;

/**
 * An object to be created.
 *
 * @param name its name
 * @param source its content
 * @param placement how it will be used
 * @param listener receives its progress
 */
public record PutRequest(
    ObjectName name, ObjectSource source, Placement placement, PutListener listener) {

  /** Checks that nothing is missing. */
  public PutRequest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(placement, "placement");
    Objects.requireNonNull(listener, "listener");
  }

  /**
   * An object to be created, without a listener.
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
    return new PutRequest(name, other, placement, listener);
  }

  /**
   * The same request with another listener, for a decorator.
   *
   * @param other receives its progress
   * @return the request
   */
  public PutRequest withListener(PutListener other) {
    return new PutRequest(name, source, placement, other);
  }
}
