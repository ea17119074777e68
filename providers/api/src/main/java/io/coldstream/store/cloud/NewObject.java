package io.coldstream.store.cloud;

import io.coldstream.store.ObjectName;
import io.coldstream.store.Placement;
import java.time.Instant;
import java.util.Optional;

/**
 * An object to be created, without its content.
 *
 * @param name its name
 * @param placement how it will be used
 * @param lockedUntil the time until which it is locked; empty for no lock
 * @param mark differs for every put; a store that can lists it with the object
 */
public record NewObject(
    ObjectName name, Placement placement, Optional<Instant> lockedUntil, String mark) {}
