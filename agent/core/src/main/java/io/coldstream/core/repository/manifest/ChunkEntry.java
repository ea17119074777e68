package io.coldstream.core.repository.manifest;

import java.util.Optional;

/**
 * What a manifest keeps of a chunk's header and footer.
 *
 * @param firstNumber first chunk number in the file, 0 or more
 * @param lastNumber last chunk number, above the first one only when merged
 * @param chunkId the header's GUID as text
 * @param scavenged whether positions go through a map
 * @param footerMd5 32 lower-case hex digits; empty for the active chunk, which has no footer yet
 * @param logicalDataBytes where the chunk's log ends, relative to its first position; for the active
 *     chunk up to the captured writer checkpoint
 */
public record ChunkEntry(
    int firstNumber,
    int lastNumber,
    String chunkId,
    boolean scavenged,
    Optional<String> footerMd5,
    long logicalDataBytes) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException for numbers out of order, a digest or id that is none
   */
  public ChunkEntry {
    if (firstNumber < 0 || lastNumber < firstNumber || logicalDataBytes < 0) {
      throw new IllegalArgumentException("chunk numbers " + firstNumber + " to " + lastNumber);
    }
    if (!chunkId.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
        || !footerMd5.orElse("0".repeat(32)).matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException(
          "chunk " + firstNumber + ": id or footer MD5 is malformed");
    }
  }
}
