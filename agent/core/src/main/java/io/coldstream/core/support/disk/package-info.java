/**
 * The one helper that changes local files: a file appears whole or not at all.
 *
 * <p>Place in the flow: restore writes its target through it, and backup its state folder; nothing
 * else writes there. {@link io.coldstream.core.support.disk.Disk} is what is asked of a disk, {@link
 * io.coldstream.core.support.disk.LocalDisk} the machine's own; the tests have one that dies, forgets what
 * was not synced, and runs full. Knows neither databases nor stores.
 */
package io.coldstream.core.support.disk;
