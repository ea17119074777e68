/**
 * Which backups are kept: rules as in restic, and what keeps a backup beside them. Knows nothing of a
 * store.
 */
package io.coldstream.core.prune.policy;
