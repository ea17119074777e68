package io.coldstream.store.gcs;

import java.nio.ByteBuffer;
import java.util.Base64;

/** CRC-32C as the store writes it. */
final class Checksums {

  private Checksums() {}

  /** Base64 of its four bytes, the highest first. */
  static String text(int checksum) {
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt(checksum).array());
  }
}
