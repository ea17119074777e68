package io.coldstream.store.s3;

import io.coldstream.store.cloud.Checksums;
import io.coldstream.store.cloud.Part;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/** The CRC-32C of an object that was made of parts, computed from those of the parts. */
final class PartChecksums {

  /** CRC-32C's polynomial, the lowest power in the highest bit. */
  private static final int POLYNOMIAL = 0x82F63B78;

  private static final int ONE = 0x80000000;
  private static final int X_TO_THE_8 = ONE >>> Byte.SIZE;

  private PartChecksums() {}

  /**
   * Whether a store's checksum of an object is that of its parts.
   *
   * @param told of the whole content, or, with or without a hyphen and their number behind it, of the
   *     parts' checksums one after the other
   * @param parts each with its checksum
   */
  static boolean areOf(String told, List<Part> parts) {
    String composite = Checksums.text(composite(parts));
    return told.equals(composite + "-" + parts.size())
        || told.equals(composite)
        || told.equals(Checksums.text(whole(parts)));
  }

  private static int composite(List<Part> parts) {
    CRC32C checksum = new CRC32C();
    for (Part part : parts) {
      checksum.update(
          ByteBuffer.allocate(Integer.BYTES).putInt(part.crc32c().orElseThrow()).flip());
    }
    return (int) checksum.getValue();
  }

  private static int whole(List<Part> parts) {
    int checksum = 0;
    for (Part part : parts) {
      int after = xToThe8Times(part.lengthBytes());
      checksum = multiplied(after, checksum) ^ part.crc32c().orElseThrow();
    }
    return checksum;
  }

  /** Appending n bytes multiplies what is before them by x to the power of 8 n. */
  private static int xToThe8Times(long bytes) {
    int power = ONE;
    int square = X_TO_THE_8;
    for (long left = bytes; left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        power = multiplied(square, power);
      }
      square = multiplied(square, square);
    }
    return power;
  }

  /** The product of two polynomials over GF(2), modulo CRC-32C's. */
  private static int multiplied(int a, int b) {
    int product = 0;
    int shifted = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= shifted;
      }
      shifted = (shifted >>> 1) ^ ((shifted & 1) == 0 ? 0 : POLYNOMIAL);
    }
    return product;
  }
}
