package io.coldstream.store.cloud;

import io.coldstream.store.ObjectName;
import io.coldstream.store.Placement;

/**
 * An object to be created, without its content.
 *
 * @param name its name
 * @param placement how it will be used
 * @param mark differs for every put; a store that can lists it with the object
 */
public record NewObject(ObjectName name, Placement placement, String mark) {}
