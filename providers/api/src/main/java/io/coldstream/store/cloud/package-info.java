/**
 * The store that all clouds share, over a driver for each.
 *
 * <p>Place in the flow: below the port. An adapter makes a {@link io.coldstream.store.cloud.CloudStore}
 * of its {@link io.coldstream.store.cloud.CloudDriver}; {@link io.coldstream.store.cloud.PartedPut} puts
 * large objects where a store keeps numbered parts. Also here: what drivers are made of, such as the
 * watching of connections and the wording of failures. Only adapters see it. Depends on the port, on
 * {@code spi} and on the JDK.
 */
package io.coldstream.store.cloud;
