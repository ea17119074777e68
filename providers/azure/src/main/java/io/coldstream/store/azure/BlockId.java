package io.coldstream.store.azure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * What a block is called: its number, and the first 16 bytes of its content's SHA-256, so that a list
 * of blocks, which has no checksums, says what is in each of them. The service wants all the names of
 * one blob to be of one length.
 *
 * @param text base64 of {@value #BYTES} bytes: the number, four bytes, then the digest's
 */
record BlockId(String text) {

  private static final int DIGEST_BYTES = 16;
  private static final int BYTES = Integer.BYTES + DIGEST_BYTES;
  private static final int BUFFER_BYTES = 64 << 10;

  /**
   * What was read of a block.
   *
   * @param id what it is called
   * @param md5 its MD5, for the service to compare
   * @param lengthBytes its length
   */
  record Block(BlockId id, byte[] md5, long lengthBytes) {}

  /** Reads a block to its end. */
  static Block read(int section, InputStream content) throws IOException {
    MessageDigest md5 = digest("MD5");
    MessageDigest sha256 = digest("SHA-256");
    byte[] buffer = new byte[BUFFER_BYTES];
    long lengthBytes = 0;
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      md5.update(buffer, 0, read);
      sha256.update(buffer, 0, read);
      lengthBytes += read;
    }
    return new Block(of(section, sha256.digest()), md5.digest(), lengthBytes);
  }

  /** Reads a content to its end, for its MD5 alone. */
  static byte[] md5(InputStream content) throws IOException {
    DigestInputStream digesting = new DigestInputStream(content, digest("MD5"));
    byte[] buffer = new byte[BUFFER_BYTES];
    while (digesting.read(buffer) >= 0) {
      // The digest is fed by reading.
      continue;
    }
    return digesting.getMessageDigest().digest();
  }

  private static BlockId of(int section, byte[] sha256) {
    byte[] bytes =
        ByteBuffer.allocate(BYTES).putInt(section).put(sha256, 0, DIGEST_BYTES).array();
    return new BlockId(Base64.getEncoder().encodeToString(bytes));
  }

  /** The block's number; empty when the name is not one of ours. */
  Optional<Integer> section() {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return bytes.length == BYTES
          ? Optional.of(ByteBuffer.wrap(bytes).getInt())
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
