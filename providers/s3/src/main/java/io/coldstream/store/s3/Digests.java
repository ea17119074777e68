package io.coldstream.store.s3;

import io.coldstream.store.cloud.Part;
import io.coldstream.store.cloud.SectionBody;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Checksums as S3 writes them. */
final class Digests {

  private static final int MD5_BYTES = 16;

  private Digests() {}

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

  /** Reads a body for the value of a Content-MD5 header, which must stand before it. */
  static String md5(SectionBody body) throws IOException {
    try (DigestInputStream digesting = new DigestInputStream(body.openUnsent(), md5())) {
      digesting.transferTo(OutputStream.nullOutputStream());
      return Base64.getEncoder().encodeToString(digesting.getMessageDigest().digest());
    }
  }

  /**
   * The ETag that an object has which was put together from parts, on stores whose ETags are MD5s:
   * that of the parts' MD5s, and their number. Empty where the ETag of a part is none.
   */
  static Optional<String> etagOf(List<Part> parts) {
    MessageDigest whole = md5();
    for (Part part : parts) {
      if (!isMd5(part.tag())) {
        return Optional.empty();
      }
      whole.update(HexFormat.of().parseHex(part.tag()));
    }
    return Optional.of(HexFormat.of().formatHex(whole.digest()) + "-" + parts.size());
  }

  /** A new MD5. */
  static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
