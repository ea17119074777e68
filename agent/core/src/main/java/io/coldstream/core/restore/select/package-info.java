/**
 * First step of a restore: which backup is meant, and where in it the restored log ends.
 *
 * <p>Place in the flow: <b>select</b> → plan → target → fetch. {@link
 * io.coldstream.core.restore.select.PointChoice} turns the {@link
 * io.coldstream.core.restore.select.RestorePoint} that a user names into a {@link
 * io.coldstream.core.restore.select.ChosenPoint}. It reads the log where it is stored ({@link
 * io.coldstream.core.repository.log.StoredLog}), and only the parts that it needs. {@link
 * io.coldstream.core.restore.select.CheckpointComparison} compares the manifest with the stored
 * checkpoints. This step does not know the target.
 */
package io.coldstream.core.restore.select;
