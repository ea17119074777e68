package io.coldstream.core.backup.capture;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.eventstore.Md5;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Digests a file that streams by, in one pass: SHA-256 of all bytes, and for a file that ends in its
 * own MD5 (a completed chunk, a table of the index: {@code database-files.md#s4-5},
 * {@code database-files.md#s7-2}) the MD5 of all
 * before it.
 */
final class FileDigest {

  private final MessageDigest sha256 = Sha256.newDigest();
  private final Optional<MessageDigest> md5;
  private final long md5Bytes;
  private final byte[] tail = new byte[Md5.LENGTH_BYTES];
  private long seenBytes;

  /**
   * A digest to be fed.
   *
   * @param lengthBytes how many bytes will come
   * @param endsInMd5 whether the last 16 of them are an MD5
   */
  FileDigest(long lengthBytes, boolean endsInMd5) {
    this.md5 = endsInMd5 ? Optional.of(Md5.newDigest()) : Optional.empty();
    this.md5Bytes = lengthBytes - Md5.LENGTH_BYTES;
  }

  /** Takes the next bytes. */
  void update(byte[] bytes, int offset, int length) {
    sha256.update(bytes, offset, length);
    if (md5.isPresent()) {
      int before = (int) Math.max(0, Math.min(length, md5Bytes - seenBytes));
      md5.get().update(bytes, offset, before);
      for (int i = before; i < length; i++) {
        tail[(int) (seenBytes + i - md5Bytes)] = bytes[offset + i];
      }
    }
    seenBytes += length;
  }

  /** What all bytes came to; once. */
  Sha256 sha256() {
    return Sha256.of(sha256);
  }

  /** What the bytes before the last 16 came to; once. */
  Md5 md5() {
    return Md5.ofBytes(md5.orElseThrow().digest());
  }

  /** What the last 16 bytes say. */
  Md5 stated() {
    return Md5.ofBytes(tail);
  }
}
