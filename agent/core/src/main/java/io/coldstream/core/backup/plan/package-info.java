/**
 * Second step of a backup: what of a capture the store lacks, complete before the first byte moves.
 *
 * <p>Place in the flow: capture → <b>plan</b> → upload → manifest. {@link
 * io.coldstream.core.backup.plan.LineageGate} decides whether the capture may follow the newest
 * backup at all; {@link io.coldstream.core.backup.plan.Planner} compares it with what that backup
 * holds ({@link io.coldstream.core.backup.plan.NewestBackup}) and with what is on the store; {@link
 * io.coldstream.core.backup.plan.BackupPlan} is the result, which {@code --dry-run} prints.
 */
package io.coldstream.core.backup.plan;
