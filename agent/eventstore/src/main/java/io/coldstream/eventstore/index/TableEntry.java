package io.coldstream.eventstore.index;

/**
 * An event as a table of the index has it.
 *
 * @param number its number in its stream; {@link Long#MAX_VALUE} for a record that deletes it
 * @param position where its record starts in the log
 */
public record TableEntry(long number, long position) {}
