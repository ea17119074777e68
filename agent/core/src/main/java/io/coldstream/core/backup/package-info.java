/**
 * A backup from its beginning to its manifest.
 *
 * <p>Place in the flow: {@link io.coldstream.core.backup.BackupRun} runs the steps, capture → plan
 * → upload → <b>manifest</b>. {@link io.coldstream.core.backup.Commit} is the last of them; before
 * it the backup does not exist.
 */
package io.coldstream.core.backup;
