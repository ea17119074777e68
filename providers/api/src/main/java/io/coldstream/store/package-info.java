/**
 * The port: what Coldstream asks of a store, and its values.
 *
 * <p>Place in the flow: a backup's upload step puts objects here and a restore's download step reads
 * them. {@link io.coldstream.store.ObjectStore} is the port, {@link io.coldstream.store.StoreException}
 * is how anything fails. Around it lie three packages: {@code spi}, by which a provider is found and
 * opened; {@code decorate}, what is put around an open store; {@code cloud}, what the stores on clouds
 * share. Depends on the JDK and SLF4J alone, and on none of the three.
 */
package io.coldstream.store;
