package io.coldstream.eventstore.chunk;

import io.coldstream.eventstore.DotNetGuid;
import java.util.UUID;

/**
 * The id that every chunk file gets when it is created ({@code database-files.md#s4-2}, 5.0 to
 * 26.1): random,
 * so that two files with the same id were once the same file, on whatever node.
 *
 * @param guid the id as the server prints it
 */
public record ChunkId(UUID guid) {

  /**
   * Reads an id as it lies in a header.
   *
   * @param bytes where it lies
   * @param offset its first byte; 16 bytes must follow
   * @return the id
   */
  public static ChunkId read(byte[] bytes, int offset) {
    return new ChunkId(DotNetGuid.read(bytes, offset));
  }

  /**
   * From the text that {@link #toString()} gives.
   *
   * @param text 36 characters
   * @return the id
   * @throws IllegalArgumentException when it is no GUID
   */
  public static ChunkId parse(String text) {
    return new ChunkId(UUID.fromString(text));
  }

  /** {@return the 16 bytes as they lie in the header} */
  public byte[] bytes() {
    return DotNetGuid.bytes(guid);
  }

  @Override
  public String toString() {
    return guid.toString();
  }
}
