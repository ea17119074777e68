/**
 * Reads the log of a stored backup by ranges, without a restore.
 *
 * <p>Used by the steps that ask a question of a backup's records: a restore that looks for its point,
 * and the commands that show what is inside. {@link io.coldstream.core.repository.log.StoredLog} is
 * the log with its times and safe cuts, {@link io.coldstream.core.repository.log.StoredIndex} and
 * {@link io.coldstream.core.repository.log.StoredEvents} lead to single events, {@link
 * io.coldstream.core.repository.log.CachedFiles} keeps the blocks that these come back to, and {@link
 * io.coldstream.core.repository.log.ResentReader} reads an object that was sent again in the place of a damaged one.
 */
package io.coldstream.core.repository.log;
