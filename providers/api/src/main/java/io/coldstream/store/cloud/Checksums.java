package io.coldstream.store.cloud;

import java.nio.ByteBuffer;
import java.util.Base64;

/** CRC-32C as clouds write it: base64 of four bytes, the highest first. */
public final class Checksums {

  private Checksums() {}

  /**
   * The text of a checksum.
   *
   * @param crc32c the checksum
   * @return eight characters
   */
  public static String text(int crc32c) {
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt(crc32c).array());
  }
}
