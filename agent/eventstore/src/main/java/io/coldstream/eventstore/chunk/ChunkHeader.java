package io.coldstream.eventstore.chunk;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first 128 bytes of a chunk file ({@code database-files.md#s4-2}, 5.0 to 26.1). They are
 * final when the file is created, but for an ongoing chunk of format 2, which becomes 3 when a
 * later server opens it.
 *
 * @param format 2 (unaligned), 3, or 4 and above (with a transform)
 * @param minCompatible the lowest format that a reader must know, 2 to 4
 * @param chunkSizeBytes how many bytes of the log a chunk number stands for
 * @param firstNumber the first chunk number in the file
 * @param lastNumber the last one; above the first only in a merged chunk
 * @param scavenged whether records may be missing, and positions are translated by a map
 * @param id the id given when the file was created
 * @param transform how the data is stored: 0 as it is, 1 encrypted, 0 to 255
 */
public record ChunkHeader(
    int format,
    int minCompatible,
    long chunkSizeBytes,
    int firstNumber,
    int lastNumber,
    boolean scavenged,
    ChunkId id,
    int transform) {

  public static final int LENGTH_BYTES = 128;

  /** The transform that leaves the data as it is. */
  public static final int IDENTITY = 0;

  /** The type byte of a chunk (1 is a table of the index). */
  private static final byte CHUNK_TYPE = 2;

  private static final int OLDEST_FORMAT = 2;
  private static final int NEWEST_KNOWN_FORMAT = 4;
  private static final int FORMAT_WITH_TRANSFORM = 4;

  private static final int MIN_COMPATIBLE_AT = 1;
  private static final int CHUNK_SIZE_AT = 2;
  private static final int FIRST_NUMBER_AT = 6;
  private static final int LAST_NUMBER_AT = 10;
  private static final int SCAVENGED_AT = 14;
  private static final int ID_AT = 18;
  private static final int FORMAT_AT = 34;
  private static final int TRANSFORM_AT = 35;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when they cannot stand in one header
   */
  public ChunkHeader {
    if (format < OLDEST_FORMAT || minCompatible < OLDEST_FORMAT || minCompatible > format) {
      throw new IllegalArgumentException("format " + format + ", at least " + minCompatible);
    }
    if (chunkSizeBytes < 1 || chunkSizeBytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("chunk size " + chunkSizeBytes);
    }
    if (firstNumber < 0 || lastNumber < firstNumber || lastNumber == Integer.MAX_VALUE) {
      throw new IllegalArgumentException("chunk numbers " + firstNumber + " to " + lastNumber);
    }
    if (transform < 0 || transform > 0xff) {
      throw new IllegalArgumentException("transform " + transform);
    }
  }

  /**
   * Parses the header of a chunk file.
   *
   * @param bytes the first 128 bytes of the file
   * @param file the file's name, for messages
   * @return what they say
   * @throws DatabaseException when they are no chunk's header, or one that needs a newer reader
   */
  public static ChunkHeader parse(byte[] bytes, String file) throws DatabaseException {
    if (bytes.length != LENGTH_BYTES) {
      throw new IllegalArgumentException("a header of " + bytes.length + " bytes");
    }
    if (bytes[0] != CHUNK_TYPE) {
      throw DatabaseException.damaged(
          file,
          Invariant.I2,
          "starts with file type " + (bytes[0] & 0xff) + ", but a chunk starts with 2");
    }
    int minCompatible = bytes[MIN_COMPATIBLE_AT] & 0xff;
    if (minCompatible < OLDEST_FORMAT || minCompatible > NEWEST_KNOWN_FORMAT) {
      throw DatabaseException.unsupported(
          file,
          Invariant.I10,
          "needs chunk format " + minCompatible + ", but only 2 to 4 are known",
          "use a version of Coldstream that knows this server version");
    }
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int format = bytes[FORMAT_AT] == 0 ? minCompatible : bytes[FORMAT_AT] & 0xff;
    int scavenged = header.getInt(SCAVENGED_AT);
    if (scavenged != 0 && scavenged != 1) {
      throw DatabaseException.damaged(
          file, Invariant.I2, "header says scavenged = " + scavenged + ", not 0 or 1");
    }
    try {
      return new ChunkHeader(
          format,
          minCompatible,
          header.getInt(CHUNK_SIZE_AT),
          header.getInt(FIRST_NUMBER_AT),
          header.getInt(LAST_NUMBER_AT),
          scavenged == 1,
          ChunkId.read(bytes, ID_AT),
          format < FORMAT_WITH_TRANSFORM ? IDENTITY : bytes[TRANSFORM_AT] & 0xff);
    } catch (IllegalArgumentException e) {
      throw DatabaseException.damaged(file, Invariant.I2, "header says " + e.getMessage());
    }
  }

  /** {@return whether the data is stored as it is} */
  public boolean isIdentity() {
    return transform == IDENTITY;
  }

  /** {@return whether the file holds more than one chunk number} */
  public boolean isMerged() {
    return lastNumber > firstNumber;
  }

  /** {@return where in the log the file begins} */
  public long startPosition() {
    return firstNumber * chunkSizeBytes;
  }

  /** {@return where in the log the next file begins} */
  public long endPosition() {
    return (lastNumber + 1) * chunkSizeBytes;
  }
}
