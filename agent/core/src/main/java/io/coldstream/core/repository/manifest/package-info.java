/**
 * What a backup is, as values, and their form on the store.
 *
 * <p>Place in the flow: the end of a backup (capture → plan → upload → <b>manifest</b>) and the start
 * of a restore. Knows the database's values but no step; every step knows these.
 */
package io.coldstream.core.repository.manifest;
