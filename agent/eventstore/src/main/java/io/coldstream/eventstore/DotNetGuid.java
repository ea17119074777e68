package io.coldstream.eventstore;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * The byte order in which .NET writes a GUID: the first three groups of its text are little-endian,
 * the rest is as written ({@code database-files.md#s0}, vector in
 * {@code database-files.md#s13-vectors}; 5.0 to 26.1).
 */
public final class DotNetGuid {

  public static final int LENGTH_BYTES = 16;

  private DotNetGuid() {}

  /**
   * Reads a GUID from its 16 bytes.
   *
   * @param bytes where it lies
   * @param offset its first byte; 16 bytes must follow
   * @return the GUID whose text is the one that the server prints
   */
  public static UUID read(byte[] bytes, int offset) {
    ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long high = ((long) little.getInt(offset) << 32)
        | ((little.getShort(offset + 4) & 0xffffL) << 16)
        | (little.getShort(offset + 6) & 0xffffL);
    long low = ByteBuffer.wrap(bytes).getLong(offset + 8);
    return new UUID(high, low);
  }

  /**
   * Writes a GUID as 16 bytes.
   *
   * @param guid the GUID
   * @return its 16 bytes in the order of .NET
   */
  public static byte[] bytes(UUID guid) {
    long high = guid.getMostSignificantBits();
    ByteBuffer buffer = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt((int) (high >>> 32)).putShort((short) (high >>> 16)).putShort((short) high);
    buffer.order(ByteOrder.BIG_ENDIAN).putLong(guid.getLeastSignificantBits());
    return buffer.array();
  }
}
