/**
 * Brings a backup back: manifest → plan → download → arrange → data directory.
 *
 * <p>Place in the flow: {@link io.coldstream.core.restore.RestoreRun} is the one class that shows the
 * order of the steps; {@link io.coldstream.core.restore.RestorePlan} is the value between looking and
 * doing. Reads a {@link io.coldstream.core.repository.Repository}, writes through a {@link
 * io.coldstream.core.support.disk.Disk}, and knows nothing of how backups are made.
 */
package io.coldstream.core.restore;
