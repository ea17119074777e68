/**
 * The port: what Coldstream asks of a provider, and its values.
 *
 * <p>Place in the flow: a backup's upload step puts objects here and a restore's download step reads
 * them. {@link io.coldstream.store.ObjectStore} is the port; an adapter registers a {@link
 * io.coldstream.store.StoreProvider}; {@link io.coldstream.store.StoreException} is how anything
 * fails. Depends on the JDK and on SLF4J alone.
 */
package io.coldstream.store;
