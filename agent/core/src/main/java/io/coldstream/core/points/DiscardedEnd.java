package io.coldstream.core.points;

import io.coldstream.core.repository.DiscardedTail;
import java.time.Instant;

/**
 * The end of a backup that the newest one's history does not hold. Only its end can be restored.
 *
 * @param tail which backup, and from which position on
 * @param time the time of the backup's last record
 * @param cost what a restore of that backup fetches
 */
public record DiscardedEnd(DiscardedTail tail, Instant time, RestoreCost cost) {}
