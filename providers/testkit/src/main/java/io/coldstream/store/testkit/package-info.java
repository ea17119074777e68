/**
 * What tests of stores and of the engine are made of.
 *
 * <p>{@link io.coldstream.store.testkit.ObjectStoreContract} is what every adapter and every
 * decorator must pass; {@link io.coldstream.store.testkit.OddServerContract} is what
 * adapters that speak HTTP must pass beside. {@link io.coldstream.store.testkit.MemoryStore}, {@link
 * io.coldstream.store.testkit.FaultyStore} and {@link io.coldstream.store.testkit.CountingStore} are
 * the fakes; {@link io.coldstream.store.testkit.RandomSource}, {@link
 * io.coldstream.store.testkit.LyingSources} and {@link io.coldstream.store.testkit.WatchedSource} are
 * what they are fed with. Place in the flow: none, test code only.
 */
package io.coldstream.store.testkit;
