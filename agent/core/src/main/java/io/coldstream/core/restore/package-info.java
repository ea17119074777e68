/**
 * A restore from the choice of a point to a data directory.
 *
 * <p>Place in the flow: {@link io.coldstream.core.restore.RestoreRun} holds the steps together, select
 * → plan → target → fetch, and shows their order. A caller hands it a {@link
 * io.coldstream.core.restore.RestoreRequest} and gets a {@link io.coldstream.core.restore.RestoreReport}.
 * It reads a {@link io.coldstream.core.repository.Repository}, writes through a {@link
 * io.coldstream.core.support.disk.Disk}, and does not know how backups are made.
 */
package io.coldstream.core.restore;
