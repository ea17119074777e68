/**
 * Second step of a restore: everything that it is going to do, decided before the first byte moves.
 *
 * <p>Place in the flow: select → <b>plan</b> → target → fetch. {@link
 * io.coldstream.core.restore.plan.RestorePlanner} makes a {@link
 * io.coldstream.core.restore.plan.RestorePlan} of the chosen point: the files, and the checkpoints as
 * the {@link io.coldstream.core.restore.plan.CheckpointMode} sets them. {@code --dry-run} prints it.
 * This step writes nothing and does not know the target.
 */
package io.coldstream.core.restore.plan;
