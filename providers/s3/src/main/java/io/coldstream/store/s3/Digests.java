package io.coldstream.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/** Checksums as S3 writes them. */
final class Digests {

  private static final int MD5_BYTES = 16;

  private Digests() {}

  /** A CRC-32C as a header has it. */
  static String crc32c(int checksum) {
    return base64(ByteBuffer.allocate(Integer.BYTES).putInt(checksum).array());
  }

  /** The CRC-32C in a header; empty when there is none, or something else. */
  static OptionalInt crc32cIn(String header) {
    if (header == null || !header.matches("[A-Za-z0-9+/]{6}==")) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(ByteBuffer.wrap(Base64.getDecoder().decode(header)).getInt());
  }

  /** Whether an ETag looks like an MD5, which is what it is of a part that no key encrypts. */
  static boolean isMd5(String etag) {
    return etag.matches("[0-9a-fA-F]{" + 2 * MD5_BYTES + "}");
  }

  /** Reads a stream to its end for an MD5 as ETags have it. */
  static String hexMd5(InputStream stream) throws IOException {
    return HexFormat.of().formatHex(md5Of(stream));
  }

  /** Reads a stream to its end for the value of a Content-MD5 header. */
  static String md5(InputStream stream) throws IOException {
    return base64(md5Of(stream));
  }

  private static byte[] md5Of(InputStream stream) throws IOException {
    DigestInputStream digesting = new DigestInputStream(stream, md5());
    digesting.transferTo(OutputStream.nullOutputStream());
    return digesting.getMessageDigest().digest();
  }

  /**
   * The ETag that an object has which was put together from parts, on stores whose ETags are MD5s:
   * that of the parts' MD5s, and their number. Of other ETags it makes one that no object has.
   */
  static String etagOf(List<UnfinishedUpload.Part> parts) {
    MessageDigest whole = md5();
    for (UnfinishedUpload.Part part : parts) {
      if (!isMd5(part.etag())) {
        return "";
      }
      whole.update(HexFormat.of().parseHex(part.etag()));
    }
    return HexFormat.of().formatHex(whole.digest()) + "-" + parts.size();
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
