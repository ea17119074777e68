/**
 * How a provider is found, asked about itself and opened, and what every adapter is given.
 *
 * <p>Place in the flow: between the command, which has a URL and settings, and an adapter, which
 * registers a {@link io.coldstream.store.spi.StoreProvider} and opens an {@link
 * io.coldstream.store.ObjectStore}. Depends on the port and the JDK alone.
 */
package io.coldstream.store.spi;
