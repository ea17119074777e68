/**
 * Looks into a stored backup without restoring it.
 *
 * <p>{@link io.coldstream.core.inspect.EventLookup} finds an event by its stream and number: {@link
 * io.coldstream.core.repository.log.StoredIndex} gives the positions, {@link
 * io.coldstream.core.repository.log.StoredEvents} the records.
 */
package io.coldstream.core.inspect;
