/**
 * Last step: what the records say. Their framing, the positions where the log may end, and the
 * epochs, by which two histories of a database are told apart. Records are read one at a time and
 * by position, or fed through while a chunk streams by; event data is passed over, never kept.
 */
package io.coldstream.eventstore.log;
