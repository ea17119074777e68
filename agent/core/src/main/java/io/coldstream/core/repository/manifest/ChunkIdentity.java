package io.coldstream.core.repository.manifest;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a completed chunk is known by without reading it: its name, numbers, id, length and footer
 * MD5 (a completed chunk never changes under these: {@code database-files.md#s4-5},
 * {@code database-files.md#s9}).
 */
public final class ChunkIdentity {

  private ChunkIdentity() {}

  /**
   * The identity as text.
   *
   * @param fileName the chunk's file name
   * @param firstNumber first chunk number
   * @param lastNumber last chunk number
   * @param chunkId the header's GUID as text
   * @param lengthBytes the file's length
   * @param footerMd5 the footer's MD5, lower-case hex
   * @return one line, without its end
   */
  public static String line(
      String fileName,
      int firstNumber,
      int lastNumber,
      String chunkId,
      long lengthBytes,
      String footerMd5) {
    return String.join(
        " ",
        fileName,
        Integer.toString(firstNumber),
        Integer.toString(lastNumber),
        chunkId,
        Long.toString(lengthBytes),
        footerMd5);
  }

  /**
   * A digest of the identities in one page.
   *
   * @param lines the identities, in the order of their first chunk numbers
   * @return SHA-256 over the lines, each closed by a line feed
   */
  public static Sha256 digest(List<String> lines) {
    return Sha256.of((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
