package io.coldstream.store;

import java.util.Objects;

/**
 * An object to be created.
 *
 * @param name its name
 * @param source its content
 * @param placement how it will be used
 */
public record PutRequest(ObjectName name, ObjectSource source, Placement placement) {

  /** Checks that nothing is missing. */
  public PutRequest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(placement, "placement");
  }
}
