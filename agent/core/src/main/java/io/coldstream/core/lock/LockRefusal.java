package io.coldstream.core.lock;

import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;

/**
 * A lock that the store did not extend.
 *
 * @param object whose lock
 * @param failure what the store said
 */
public record LockRefusal(ObjectName object, StoreException failure) {}
