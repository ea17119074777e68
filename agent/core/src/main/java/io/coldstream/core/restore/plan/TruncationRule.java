package io.coldstream.core.restore.plan;

import io.coldstream.core.repository.log.StoredLog;
import io.coldstream.core.repository.manifest.Positions;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.chunk.Chunk;

/**
 * When a server may be told to truncate the log at a captured chaser.chk: a low one is legal, and
 * truncating there would delete what lies above ({@code database-files.md#s6}).
 *
 * @param positions where the log stood at capture
 * @param maxDropBytes most bytes that may be lost
 */
record TruncationRule(Positions positions, long maxDropBytes) {

  /** What servers refuse to truncate unless told otherwise ({@code database-files.md#s6-1}). */
  static final long SERVER_LIMIT_BYTES = 268_435_456;

  void require(StoredLog log, long cut) throws RunException {
    long dropped = positions.restorePoint() - cut;
    if (cut <= 0 || dropped > maxDropBytes) {
      throw refused("chaser.chk was at " + positions.chaser() + ", so truncating would drop "
          + dropped + " bytes below the restore point " + positions.restorePoint()
          + ", more than --max-drop " + maxDropBytes);
    }
    if (positions.writer() - cut > SERVER_LIMIT_BYTES) {
      throw refused("servers refuse to truncate " + (positions.writer() - cut) + " bytes");
    }
    if (cut < log.end()) {
      Chunk chunk = log.chunkAt(cut);
      if (chunk.header().scavenged() && chunk.startPosition() != cut) {
        throw refused("position " + cut + " lies in " + chunk.name()
            + ", which was scavenged: a server would delete all of it");
      }
    }
  }

  private static RunException refused(String why) {
    return new RunException(
        Kind.TARGET_REFUSED,
        why + "; nothing was written. Use --arrange direct, which drops nothing");
  }
}
