package io.coldstream.core.restore.select;

import io.coldstream.core.repository.log.StoredLog;
import io.coldstream.core.repository.manifest.Positions;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.chunk.Chunk;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** What is said of points at which a log cannot end. */
final class PointMessages {

  private static final String ONLY_THE_END =
      ", which was scavenged: of what no earlier backup holds, only its end, position ";
  private static final String ALL_POINTS =
      ", can be restored. coldstream restore-points prints which points there are";

  private PointMessages() {}

  /** Why a position cannot be had, where it lies in a scavenged chunk. */
  static Optional<String> scavenged(StoredLog log, long asked) {
    Chunk chunk = log.chunkAt(asked - 1);
    return chunk.header().scavenged()
        ? Optional.of("position " + Positions.text(asked) + " lies in " + chunk.name()
            + ONLY_THE_END + Positions.text(chunk.endPosition()) + ALL_POINTS)
        : Optional.empty();
  }

  /** Why a time cannot be had, where it led to the start of a scavenged chunk. */
  static Optional<String> scavengedTime(StoredLog log, long cut) {
    if (cut >= log.end()) {
      return Optional.empty();
    }
    Chunk chunk = log.chunkAt(cut);
    return cut == chunk.startPosition() && chunk.header().scavenged()
        ? Optional.of("that time lies in " + chunk.name() + ONLY_THE_END
            + Positions.text(chunk.endPosition()) + ALL_POINTS)
        : Optional.empty();
  }

  /** Of a time at which there is nothing yet. */
  static RunException nothingUpTo(RestorePoint.AtTime at, StoredLog log) throws IOException {
    Optional<Instant> first = log.recordFrom(0).map(found -> found.record().timestamp());
    return first.filter(at.last()::isBefore).isPresent()
        ? new RunException(
            Kind.USAGE,
            "the first record of the log is of " + first.get() + ", after " + at.time()
                + ": nothing of the log lies below that point")
        : nothingBelow(log);
  }

  /** Of a point below which there is nothing. */
  static RunException nothingBelow(StoredLog log) {
    Chunk chunk = log.chunkAt(0);
    return new RunException(
        Kind.USAGE,
        "that point is before the first place at which the log can be cut; choose a later one"
            + (chunk.header().scavenged()
                ? ": the log begins with " + chunk.name() + ", which was scavenged, so that the"
                    + " first point is its end, position " + Positions.text(chunk.endPosition())
                : ". coldstream restore-points prints which points there are"));
  }
}
