/**
 * Proves on the real store what a backup, a restore and a pruning need of it.
 *
 * <p>Place in the flow: before the first backup. {@link io.coldstream.core.doctor.Doctor} runs the rows
 * of the table {@code Checks} that a {@link io.coldstream.core.doctor.Role} needs, over the port alone, in
 * a prefix of its own under {@code doctor/} ({@code Scratch}). What only a provider knows comes as a
 * {@link io.coldstream.store.spi.StoreReport}. Objects of a backup are never created, replaced or removed.
 */
package io.coldstream.core.doctor;
