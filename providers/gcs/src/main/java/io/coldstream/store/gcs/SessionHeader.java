package io.coldstream.store.gcs;

import io.coldstream.store.cloud.Checksums;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a session's file begins with: lines of text, their checksum, and room up to a fixed length.
 *
 * @param endpoint the store's address
 * @param bucket the bucket
 * @param key the object's key
 * @param lengthBytes the object's length
 * @param begun when the session was begun
 * @param address the session's address: a secret
 */
record SessionHeader(
    String endpoint, String bucket, String key, long lengthBytes, Instant begun, String address) {

  /** How long it is in the file. */
  static final int BYTES = 8 << 10;

  private static final String FIRST_LINE = "coldstream upload session 1";
  private static final int LINES = 8;

  /** Its bytes; empty when they need more room than there is. */
  Optional<byte[]> bytes() {
    String lines = String.join(
            "\n",
            FIRST_LINE,
            endpoint,
            bucket,
            key,
            String.valueOf(lengthBytes),
            String.valueOf(begun.toEpochMilli()),
            address)
        + "\n";
    byte[] text = (lines + checksum(lines) + "\n").getBytes(StandardCharsets.UTF_8);
    return text.length > BYTES ? Optional.empty() : Optional.of(Arrays.copyOf(text, BYTES));
  }

  /** Reads it; empty when it is not whole, or of another version. */
  static Optional<SessionHeader> of(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    List<String> lines = List.of(text.split("\n", LINES + 1));
    if (lines.size() <= LINES || !lines.get(0).equals(FIRST_LINE)) {
      return Optional.empty();
    }
    String checked = String.join("\n", lines.subList(0, LINES - 1)) + "\n";
    if (!lines.get(LINES - 1).equals(checksum(checked))) {
      return Optional.empty();
    }
    return Optional.of(new SessionHeader(
        lines.get(1),
        lines.get(2),
        lines.get(3),
        Long.parseLong(lines.get(4)),
        Instant.ofEpochMilli(Long.parseLong(lines.get(5))),
        lines.get(6)));
  }

  private static String checksum(String lines) {
    CRC32C checksum = new CRC32C();
    checksum.update(lines.getBytes(StandardCharsets.UTF_8));
    return Checksums.text((int) checksum.getValue());
  }

  @Override
  public String toString() {
    return "session of " + bucket + "/" + key;
  }
}
