package io.coldstream.core.repository.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * A file of the database as a backup holds it.
 *
 * @param name its name in its folder: no slash, not {@code .} or {@code ..}
 * @param objects where its bytes are, in their order; one object, or the segments of the active chunk
 * @param lengthBytes its length: the sum of the objects' lengths as plain bytes
 * @param sha256 digest of all its plain bytes
 * @param encoding transformations of the bytes; reserved, always empty in format 1
 * @param keyId which key encrypted them; reserved, always empty in format 1
 * @param chunk header and footer facts, for a chunk
 */
public record FileEntry(
    String name,
    List<StoredBytes> objects,
    @JsonProperty("length") long lengthBytes,
    Sha256 sha256,
    List<String> encoding,
    Optional<String> keyId,
    Optional<ChunkEntry> chunk) {

  /**
   * Checks and copies the values.
   *
   * @throws IllegalArgumentException for a name that is no plain file name, bytes that are not plain, or
   *     lengths that disagree
   */
  public FileEntry {
    objects = List.copyOf(objects);
    encoding = List.copyOf(encoding);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw new IllegalArgumentException("a file name with characters that no database file has");
    }
    if (!encoding.isEmpty() || keyId.isPresent()) {
      throw new IllegalArgumentException(
          name + ": its bytes are encoded, which this version cannot read; use a newer version");
    }
    if (objects.isEmpty()) {
      throw new IllegalArgumentException(name + ": no object holds it");
    }
    long sum = 0;
    for (StoredBytes stored : objects) {
      sum = Math.addExact(sum, stored.lengthBytes());
    }
    if (sum != lengthBytes) {
      throw new IllegalArgumentException(
          name + ": its objects hold " + sum + " bytes, not " + lengthBytes);
    }
  }

  /**
   * A plain file in one object.
   *
   * @param name its name
   * @param stored the object
   * @param chunk chunk facts, for a chunk
   * @return the entry
   */
  public static FileEntry plain(String name, StoredBytes stored, Optional<ChunkEntry> chunk) {
    return new FileEntry(
        name,
        List.of(stored),
        stored.lengthBytes(),
        stored.sha256(),
        List.of(),
        Optional.empty(),
        chunk);
  }

  /**
   * What a chunk is known by without reading it: equal for equal files, whatever object holds them.
   *
   * @return one line, without its end
   * @throws java.util.NoSuchElementException when this is no completed chunk
   */
  public String chunkIdentity() {
    ChunkEntry facts = chunk.orElseThrow();
    return ChunkIdentity.line(
        name,
        facts.firstNumber(),
        facts.lastNumber(),
        facts.chunkId(),
        lengthBytes,
        facts.footerMd5().orElseThrow());
  }
}
