/**
 * Second step: the 8-byte files that tell where the log ends. What they hold bounds all that is
 * read after them.
 */
package io.coldstream.eventstore.checkpoint;
