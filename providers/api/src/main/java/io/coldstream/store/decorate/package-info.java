/**
 * What is put around an open store: retrying, counting, limits. Each does one thing and is an {@link
 * io.coldstream.store.ObjectStore} itself.
 *
 * <p>Place in the flow: above the adapters, below the engine; the command stacks them in one method.
 * Depends on the port, on {@code spi} and on the JDK.
 */
package io.coldstream.store.decorate;
