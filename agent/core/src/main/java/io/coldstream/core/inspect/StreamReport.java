package io.coldstream.core.inspect;

/**
 * What was read of a stream.
 *
 * @param state what the backup holds of it
 * @param events how many events were read
 * @param hidden how many of those that were passed over a server does not show because they are too
 *     old
 * @param shownFrom the lowest number that a server shows, by {@code $tb} and {@code $maxCount}
 */
public record StreamReport(StreamState state, long events, long hidden, long shownFrom) {}
