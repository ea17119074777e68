/**
 * The way from this machine to a host: proxies, trusted certificates, and what a failure on that way
 * means.
 *
 * <p>Place in the flow: a provider makes a {@link io.coldstream.store.network.Network} of the
 * environment and the settings; its transport asks that for the {@link
 * io.coldstream.store.network.Route} of each request. Only adapters, and the client that asks a
 * node, see it. Depends on the port, on {@code spi} and on the JDK.
 */
package io.coldstream.store.network;
