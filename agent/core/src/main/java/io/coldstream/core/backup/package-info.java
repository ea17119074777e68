/**
 * A backup from its beginning to its manifest.
 *
 * <p>Place in the flow: {@link io.coldstream.core.backup.BackupRun} holds the steps together, capture
 * → plan → upload → <b>manifest</b>, and {@link io.coldstream.core.backup.Commit} makes the last of
 * them, before which the backup does not exist.
 */
package io.coldstream.core.backup;
