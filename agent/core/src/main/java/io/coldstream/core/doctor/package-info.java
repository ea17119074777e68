/**
 * Proves on the real store what a backup, a restore and a pruning need of it.
 *
 * <p>Place in the flow: before the first backup. {@link io.coldstream.core.doctor.Doctor} works
 * through a list of {@code Check}s, which {@code Checkup} chooses by {@link
 * io.coldstream.core.doctor.Role}, in a {@code Scratch} place of its own under {@code doctor/}, over
 * the port alone. What only a provider can tell comes as a {@link io.coldstream.store.spi.StoreReport}.
 * Nothing that belongs to a backup is ever created, replaced or removed.
 */
package io.coldstream.core.doctor;
