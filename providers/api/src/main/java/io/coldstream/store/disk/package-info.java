/**
 * What file systems refuse, and what they and their servers leave in a directory.
 *
 * <p>Place in the flow: below the adapter for directories and below the engine's own files, which must
 * judge alike. Depends on the JDK alone.
 */
package io.coldstream.store.disk;
