package io.coldstream.core.points;

import java.time.Instant;

/**
 * A stretch of the log over which the times go back.
 *
 * @param from a position
 * @param before the time of the last record below it
 * @param to a higher position
 * @param after the time of the last record below that, which is earlier
 */
public record ClockStep(long from, Instant before, long to, Instant after) {}
