package io.coldstream.eventstore.chunk;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.Md5;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The last 128 bytes of a completed chunk file ({@code database-files.md#s4-3}, 5.0 to 26.1).
 *
 * @param physicalDataBytes how many bytes of records the file holds, before any transform
 * @param logicalDataBytes how much of the log they stand for: the same in an unscavenged chunk, up
 *     to the end of the last kept record in a scavenged one
 * @param positionMapBytes how long the position map is, a multiple of its entries' length
 * @param positionMapEntryBytes how long an entry of the position map is, 8 or 12
 * @param md5 the digest of every byte of the file but the last 16 ({@code database-files.md#s4-5})
 */
public record ChunkFooter(
    long physicalDataBytes,
    long logicalDataBytes,
    long positionMapBytes,
    int positionMapEntryBytes,
    Md5 md5) {

  public static final int LENGTH_BYTES = 128;

  /** How long an entry of the position map is today. */
  public static final int MAP_ENTRY_BYTES = 12;

  /** How long an entry of the position map was once. */
  public static final int OLD_MAP_ENTRY_BYTES = 8;

  private static final int COMPLETED_FLAG = 1;
  private static final int LONG_ENTRIES_FLAG = 2;
  private static final int PHYSICAL_AT = 1;
  private static final int LOGICAL_AT = 5;
  private static final int MD5_AT = LENGTH_BYTES - Md5.LENGTH_BYTES;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when they cannot stand in one footer
   */
  public ChunkFooter {
    if (physicalDataBytes < 0 || logicalDataBytes < 0) {
      throw new IllegalArgumentException(
          "data of " + physicalDataBytes + " bytes for " + logicalDataBytes + " of the log");
    }
    if (positionMapEntryBytes != MAP_ENTRY_BYTES && positionMapEntryBytes != OLD_MAP_ENTRY_BYTES) {
      throw new IllegalArgumentException("map entries of " + positionMapEntryBytes + " bytes");
    }
    if (positionMapBytes < 0 || positionMapBytes % positionMapEntryBytes != 0) {
      throw new IllegalArgumentException(
          "map of " + positionMapBytes + " bytes, entries of " + positionMapEntryBytes);
    }
  }

  /**
   * Parses the footer of a chunk file.
   *
   * @param bytes the last 128 bytes of the file
   * @param file the file's name, for messages
   * @return what they say; empty when the chunk is not completed
   * @throws DatabaseException when they are flagged as a footer, but hold what cannot be
   */
  public static Optional<ChunkFooter> parse(byte[] bytes, String file) throws DatabaseException {
    if (bytes.length != LENGTH_BYTES) {
      throw new IllegalArgumentException("a footer of " + bytes.length + " bytes");
    }
    if ((bytes[0] & COMPLETED_FLAG) == 0) {
      return Optional.empty();
    }
    ByteBuffer footer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean longEntries = (bytes[0] & LONG_ENTRIES_FLAG) != 0;
    long physical = footer.getInt(PHYSICAL_AT);
    footer.position(LOGICAL_AT);
    long logical = longEntries ? footer.getLong() : footer.getInt();
    long map = footer.getInt();
    try {
      return Optional.of(new ChunkFooter(
          physical,
          logical,
          map,
          longEntries ? MAP_ENTRY_BYTES : OLD_MAP_ENTRY_BYTES,
          Md5.ofBytes(Arrays.copyOfRange(bytes, MD5_AT, LENGTH_BYTES))));
    } catch (IllegalArgumentException e) {
      throw DatabaseException.damaged(file, Invariant.I2, "footer says " + e.getMessage());
    }
  }
}
