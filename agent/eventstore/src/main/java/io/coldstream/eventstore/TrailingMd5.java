package io.coldstream.eventstore;

import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Checks a file that ends in the MD5 of all bytes before its last 16, as completed chunks and tables
 * of the index do ({@code database-files.md#s4-5}, {@code database-files.md#s7-2}), while its bytes
 * pass by. Its length need not be known. Not thread-safe.
 */
public final class TrailingMd5 {

  private final MessageDigest digest = Md5.newDigest();
  private final byte[] held = new byte[2 * Md5.LENGTH_BYTES];
  private int heldBytes;

  public TrailingMd5() {}

  /**
   * Adds the next bytes of the file.
   *
   * @param bytes holds them
   * @param offset where they start
   * @param length how many
   */
  public void update(byte[] bytes, int offset, int length) {
    if (length >= Md5.LENGTH_BYTES) {
      digest.update(held, 0, heldBytes);
      digest.update(bytes, offset, length - Md5.LENGTH_BYTES);
      System.arraycopy(bytes, offset + length - Md5.LENGTH_BYTES, held, 0, Md5.LENGTH_BYTES);
      heldBytes = Md5.LENGTH_BYTES;
      return;
    }
    System.arraycopy(bytes, offset, held, heldBytes, length);
    heldBytes += length;
    int old = Math.max(0, heldBytes - Md5.LENGTH_BYTES);
    digest.update(held, 0, old);
    System.arraycopy(held, old, held, 0, heldBytes - old);
    heldBytes -= old;
  }

  /** {@return the digest of all but the last 16 bytes, in hex; asked once} */
  public String computed() {
    return Md5.ofBytes(digest.digest()).hex();
  }

  /** {@return what the last 16 bytes say, in hex; shorter when fewer bytes have passed} */
  public String stated() {
    return HexFormat.of().formatHex(held, 0, heldBytes);
  }
}
