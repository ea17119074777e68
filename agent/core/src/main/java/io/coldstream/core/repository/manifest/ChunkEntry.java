package io.coldstream.core.repository.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.coldstream.eventstore.chunk.ActiveChunk;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.files.DatabaseFile;
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
    @JsonProperty("first") int firstNumber,
    @JsonProperty("last") int lastNumber,
    @JsonProperty("id") String chunkId,
    boolean scavenged,
    @JsonProperty("md5") Optional<String> footerMd5,
    @JsonProperty("logicalData") long logicalDataBytes) {

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

  /**
   * What the manifest keeps of a chunk.
   *
   * @param file a file of the database
   * @return its facts; empty when it is no chunk
   */
  public static Optional<ChunkEntry> of(DatabaseFile file) {
    if (file instanceof ActiveChunk active) {
      return Optional.of(beginningOf(active, active.lengthBytes()));
    }
    return file instanceof Chunk chunk
        ? chunk
            .footer()
            .map(footer ->
                of(chunk.header(), Optional.of(footer.md5().hex()), footer.logicalDataBytes()))
        : Optional.empty();
  }

  /**
   * What a manifest has kept of the active chunk at a shorter length.
   *
   * @param active the chunk
   * @param lengthBytes how many of the file's bytes the manifest holds
   * @return its facts at that length
   */
  public static ChunkEntry beginningOf(ActiveChunk active, long lengthBytes) {
    return of(
        active.chunk().header(),
        Optional.empty(),
        Math.max(0, lengthBytes - ChunkHeader.LENGTH_BYTES));
  }

  private static ChunkEntry of(
      ChunkHeader header, Optional<String> footerMd5, long logicalDataBytes) {
    return new ChunkEntry(
        header.firstNumber(),
        header.lastNumber(),
        header.id().toString(),
        header.scavenged(),
        footerMd5,
        logicalDataBytes);
  }
}
