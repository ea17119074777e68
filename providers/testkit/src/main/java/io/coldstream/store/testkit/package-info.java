/**
 * What tests of stores and of the engine are made of.
 *
 * <p>{@link io.coldstream.store.testkit.MemoryStore}, {@link
 * io.coldstream.store.testkit.FaultyStore} and {@link io.coldstream.store.testkit.CountingStore} are
 * the fakes. Place in the flow: none, test code only.
 */
package io.coldstream.store.testkit;
