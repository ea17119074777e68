/**
 * Locks what backups need. {@link io.coldstream.core.lock.LockingStore} locks each object when it is
 * created. {@link io.coldstream.core.lock.LockRun} extends locks that end soon, of what the kept
 * backups need and of nothing else, and notes in {@link io.coldstream.core.lock.StoredLocks} until
 * when each backup is safe, so that no lock need be asked for.
 */
package io.coldstream.core.lock;
