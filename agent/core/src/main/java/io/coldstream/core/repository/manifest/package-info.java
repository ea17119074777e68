/**
 * The values that describe a backup, and their form on the store.
 *
 * <p>Place in the flow: the end of a backup (capture → plan → upload → <b>manifest</b>) and the
 * start of a restore. These values know those of the database, but no step of the flow.
 */
package io.coldstream.core.repository.manifest;
