package io.coldstream.store.gcs.emulator;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32C;

/** The two digests that the service keeps of an object, in its spelling. */
final class Digests {

  private final CRC32C crc32c = new CRC32C();
  private final MessageDigest md5;

  Digests() {
    try {
      md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void update(byte[] bytes, int length) {
    crc32c.update(bytes, 0, length);
    md5.update(bytes, 0, length);
  }

  /** Ends the digests: base64, of big-endian bytes. */
  Values values() {
    byte[] crc = ByteBuffer.allocate(4).putInt((int) crc32c.getValue()).array();
    Base64.Encoder base64 = Base64.getEncoder();
    return new Values(base64.encodeToString(crc), base64.encodeToString(md5.digest()));
  }

  /**
   * Both in base64.
   *
   * @param crc32c of four bytes
   * @param md5 of sixteen
   */
  record Values(String crc32c, String md5) {

    /** Refuses what does not agree with the digests that were announced. */
    void check(Map<String, String> announced) {
      check("CRC32C", announced.get("crc32c"), crc32c);
      check("MD5 hash", announced.get("md5"), md5);
    }

    private static void check(String what, String announced, String found) {
      if (announced != null && !announced.equals(found)) {
        throw Refusal.invalid("Provided " + what + " \"" + announced
            + "\" doesn't match calculated " + what + " \"" + found + "\".");
      }
    }
  }
}
