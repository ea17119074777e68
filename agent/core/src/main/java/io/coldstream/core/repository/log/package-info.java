/**
 * Reads the log of a stored backup by ranges, without a restore.
 *
 * <p>Used by the steps that ask a question of a backup's records: a restore that looks for its point,
 * and the commands that show what is inside. {@link io.coldstream.core.repository.log.StoredLog} is
 * the log, {@link io.coldstream.core.repository.log.ResentReader} reads an object that was sent again
 * in the place of a damaged one.
 */
package io.coldstream.core.repository.log;
