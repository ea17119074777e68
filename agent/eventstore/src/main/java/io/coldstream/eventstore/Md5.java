package io.coldstream.eventstore;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An MD5 digest, as the server writes it into chunks, tables and the index map.
 *
 * @param hex 32 lower-case hexadecimal digits
 */
public record Md5(String hex) {

  public static final int LENGTH_BYTES = 16;

  /**
   * Checks the digits.
   *
   * @throws IllegalArgumentException unless there are 32 of them, in lower case
   */
  public Md5 {
    if (hex.length() != 2 * LENGTH_BYTES
        || !hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
      throw new IllegalArgumentException("not an MD5 in lower-case hex: " + hex);
    }
  }

  /**
   * From a digest's bytes.
   *
   * @param bytes exactly 16 bytes
   * @return the digest
   */
  public static Md5 ofBytes(byte[] bytes) {
    return new Md5(HexFormat.of().formatHex(bytes));
  }

  /**
   * The digest of bytes in memory.
   *
   * @param content the bytes
   * @return their digest
   */
  public static Md5 of(byte[] content) {
    return ofBytes(newDigest().digest(content));
  }

  /** {@return a new running MD5} */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has MD5", e);
    }
  }

  /** {@return the 16 bytes, a new array each time} */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
