package io.coldstream.eventstore.chunk;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import java.util.List;

/**
 * Validates that the files of a cover join into the log up to its end: invariants 2, 3 and 10 of
 * {@code database-files.md#s12-1}. What the records say is proved by walking over them.
 */
public final class CoverProof {

  private CoverProof() {}

  /**
   * Validates a cover.
   *
   * @param chunks the facts of the cover's files, in its order
   * @param writer the end of the log
   * @throws DatabaseException naming the first file that does not fit; of kind CHANGED where a
   *     running server has such a state temporarily
   */
  public static void check(List<Chunk> chunks, long writer) throws DatabaseException {
    long position = 0;
    for (Chunk chunk : chunks) {
      String file = chunk.name().toString();
      if (chunk.startPosition() != position) {
        throw DatabaseException.changed(
            file,
            Invariant.I2,
            "begins at " + chunk.startPosition() + ", but the chunk before it ends at " + position);
      }
      if (chunk.header().chunkSizeBytes() != chunks.get(0).header().chunkSizeBytes()) {
        throw Cover.otherChunkSize(file, chunk.header(), chunks.get(0).header().chunkSizeBytes());
      }
      position = chunk.endPosition();
      if (position > writer) {
        checkActive(chunk, writer);
      } else if (!chunk.isCompleted()) {
        throw DatabaseException.damaged(
            file, Invariant.I2, "has no footer, but the log continues after it up to " + writer);
      }
    }
    if (position < writer) {
      throw DatabaseException.damaged(
          chunks.isEmpty() ? Cover.FOLDER : chunks.get(chunks.size() - 1).name().toString(),
          Invariant.I2,
          "the chunks end at " + position + ", the log at " + writer);
    }
  }

  private static void checkActive(Chunk chunk, long writer) throws DatabaseException {
    String file = chunk.name().toString();
    ChunkHeader header = chunk.header();
    if (chunk.startPosition() >= writer) {
      throw DatabaseException.changed(file, Invariant.I4, "is above the end of the log, " + writer);
    }
    if (header.scavenged() || header.isMerged()) {
      // A follower that receives a chunk, or a chunk that was completed and scavenged since the
      // end of the log was read (database-files.md#r4, database-files.md#r7).
      throw DatabaseException.changed(
          file,
          Invariant.I3,
          "is scavenged and holds " + header.firstNumber() + " to " + header.lastNumber()
              + ", but the log ends in it at " + writer);
    }
    if (!header.isIdentity()) {
      throw DatabaseException.unsupported(
          file,
          Invariant.I10,
          "is stored with transform " + header.transform() + " (1 is encryption at rest)",
          "an encrypted log cannot be backed up by this version: its last chunk cannot be checked");
    }
    checkReaches(chunk, writer);
  }

  private static void checkReaches(Chunk chunk, long writer) throws DatabaseException {
    String file = chunk.name().toString();
    long neededBytes = ChunkHeader.LENGTH_BYTES + writer - chunk.startPosition();
    if (chunk.lengthBytes() < neededBytes) {
      throw DatabaseException.damaged(
          file,
          Invariant.I3,
          "is " + chunk.lengthBytes() + " bytes long, " + neededBytes
              + " are needed up to the end of the log, " + writer);
    }
    if (chunk.footer().isPresent()) {
      long dataEnd = chunk.startPosition() + chunk.footer().get().logicalDataBytes();
      if (writer > dataEnd) {
        throw DatabaseException.damaged(
            file,
            Invariant.I1,
            "its last record ends at " + dataEnd + ", the log at " + writer
                + ", in the gap between chunks");
      }
    }
  }
}
