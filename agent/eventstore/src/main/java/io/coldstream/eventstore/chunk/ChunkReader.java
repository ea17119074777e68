package io.coldstream.eventstore.chunk;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads what identifies a chunk: 128 bytes at either end, no data. A chunk that is being completed
 * changes its length and its last bytes ({@code database-files.md#s4-6},
 * {@code database-files.md#r2}), so both ends
 * are read until two reads agree, unless the first one shows a whole completed chunk already.
 */
public final class ChunkReader {

  private static final int MAX_READS = 100;

  /**
   * Formats from here on are padded; the length of format 2 is exact
   * ({@code database-files.md#s3-7}, 5.0 to 23.10).
   */
  private static final int ALIGNED_FORMAT = 3;

  private ChunkReader() {}

  /**
   * Reads the facts of a chunk that should be completed.
   *
   * @param file the open file
   * @param name the name that it was listed under
   * @return its facts, without a footer when it is not completed
   * @throws DatabaseException when header, footer and length cannot belong to one file of this name
   * @throws IOException when it cannot be read
   */
  public static Chunk facts(OpenFile file, ChunkFileName name) throws IOException {
    Ends ends = Ends.read(file, name);
    for (int i = 1; i < MAX_READS; i++) {
      Optional<Chunk> completed = completed(ends, name);
      if (completed.isPresent()) {
        return completed.get();
      }
      Ends again = Ends.read(file, name);
      if (again.equals(ends)) {
        return ends.facts(name);
      }
      ends = again;
    }
    throw DatabaseException.changed(
        name.toString(), Invariant.I2, "was different in each of " + MAX_READS + " reads");
  }

  /**
   * Reads the facts of the chunk that is being appended to. What a server left behind its records
   * is of no account there, and may look like anything: a footer counts only when it is a whole one.
   *
   * @param file the open file
   * @param name the name that it was listed under
   * @return its facts
   * @throws DatabaseException when its header is no chunk's of this name
   * @throws IOException when it cannot be read
   */
  public static Chunk activeFacts(OpenFile file, ChunkFileName name) throws IOException {
    Ends ends = Ends.read(file, name);
    Optional<Chunk> completed = completed(ends, name);
    return completed.isPresent()
        ? completed.get()
        : new Chunk(name, ends.lengthBytes(), ends.header(name), Optional.empty());
  }

  /**
   * Reads a header alone.
   *
   * @param file the open file
   * @param name the name that it was listed under
   * @return its header
   * @throws DatabaseException when it is no chunk's of this name
   * @throws IOException when it cannot be read
   */
  public static ChunkHeader header(OpenFile file, ChunkFileName name) throws IOException {
    return Ends.read(file, name).header(name);
  }

  private static Optional<Chunk> completed(Ends ends, ChunkFileName name) throws DatabaseException {
    ends.header(name);
    try {
      return Optional.of(ends.facts(name)).filter(Chunk::isCompleted);
    } catch (DatabaseException e) {
      // A footer that does not fit; whether it stays so is for the caller to find out.
      return Optional.empty();
    }
  }

  private record Ends(long lengthBytes, byte[] head, byte[] tail) {

    /** Reads again when the file became shorter in between, as one that is being completed does. */
    static Ends read(OpenFile file, ChunkFileName name) throws IOException {
      long lengthBytes = file.lengthBytes();
      for (int i = 1; i < MAX_READS; i++) {
        try {
          return read(file, name, lengthBytes);
        } catch (DatabaseException e) {
          long now = file.lengthBytes();
          if (e.kind() != DatabaseException.Kind.CHANGED || now == lengthBytes) {
            throw e;
          }
          lengthBytes = now;
        }
      }
      return read(file, name, lengthBytes);
    }

    private static Ends read(OpenFile file, ChunkFileName name, long lengthBytes)
        throws IOException {
      if (lengthBytes < Chunk.MIN_LENGTH_BYTES) {
        throw DatabaseException.damaged(
            name.toString(),
            Invariant.I2,
            "is " + lengthBytes + " bytes long, but a chunk has at least "
                + Chunk.MIN_LENGTH_BYTES);
      }
      return new Ends(
          lengthBytes,
          file.readFully(0, ChunkHeader.LENGTH_BYTES),
          file.readFully(lengthBytes - ChunkFooter.LENGTH_BYTES, ChunkFooter.LENGTH_BYTES));
    }

    ChunkHeader header(ChunkFileName name) throws DatabaseException {
      ChunkHeader header = ChunkHeader.parse(head, name.toString());
      if (header.firstNumber() != name.number()) {
        throw DatabaseException.damaged(
            name.toString(),
            Invariant.I2,
            "holds the header of chunk number " + header.firstNumber());
      }
      return header;
    }

    Chunk facts(ChunkFileName name) throws DatabaseException {
      ChunkHeader header = header(name);
      Optional<ChunkFooter> footer = ChunkFooter.parse(tail, name.toString());
      if (footer.isPresent()) {
        check(name, header, footer.get());
      }
      return new Chunk(name, lengthBytes, header, footer);
    }

    private void check(ChunkFileName name, ChunkHeader header, ChunkFooter footer)
        throws DatabaseException {
      long needed = Chunk.MIN_LENGTH_BYTES + footer.physicalDataBytes() + footer.positionMapBytes();
      boolean exact = header.format() < ALIGNED_FORMAT;
      if (needed > lengthBytes || (exact && needed != lengthBytes)) {
        throw DatabaseException.damaged(
            name.toString(),
            Invariant.I2,
            "is " + lengthBytes + " bytes long, but its footer describes " + needed);
      }
      if (footer.logicalDataBytes() > header.endPosition() - header.startPosition()) {
        throw DatabaseException.damaged(
            name.toString(),
            Invariant.I2,
            "footer says " + footer.logicalDataBytes() + " bytes of the log, but the header allows "
                + (header.endPosition() - header.startPosition()));
      }
      if (!header.scavenged()
          && (footer.logicalDataBytes() != footer.physicalDataBytes()
              || footer.positionMapBytes() != 0)) {
        throw DatabaseException.damaged(
            name.toString(),
            Invariant.I2,
            "is not scavenged, but its footer says " + footer.physicalDataBytes()
                + " bytes of data for " + footer.logicalDataBytes() + " of the log and a map of "
                + footer.positionMapBytes());
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Ends ends
          && lengthBytes == ends.lengthBytes
          && Arrays.equals(head, ends.head)
          && Arrays.equals(tail, ends.tail);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(tail);
    }
  }
}
