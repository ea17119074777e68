package io.coldstream.eventstore.chunk;

import io.coldstream.eventstore.Md5;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.util.Optional;

/**
 * A chunk file, by what identifies it without reading its data. Two completed ones that are equal
 * hold the same bytes, since the footer carries a digest of all others.
 *
 * @param name the file's name; its number is the header's first one
 * @param lengthBytes the file's length; says nothing about an active chunk, which is preallocated
 * @param header its header
 * @param footer its footer, when it is completed
 */
public record Chunk(
    ChunkFileName name, long lengthBytes, ChunkHeader header, Optional<ChunkFooter> footer)
    implements DatabaseFile {

  /** No chunk file is shorter, completed or not ({@code database-files.md#s3-7}, to 26.1). */
  public static final long MIN_LENGTH_BYTES = ChunkHeader.LENGTH_BYTES + ChunkFooter.LENGTH_BYTES;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when the file is too short or named for another number
   */
  public Chunk {
    if (lengthBytes < MIN_LENGTH_BYTES || header.firstNumber() != name.number()) {
      throw new IllegalArgumentException(
          name + " of " + lengthBytes + " bytes, header of number " + header.firstNumber());
    }
  }

  @Override
  public Kind kind() {
    return Kind.CHUNK;
  }

  @Override
  public String fileName() {
    return name.toString();
  }

  @Override
  public Optional<Md5> md5() {
    return footer.map(ChunkFooter::md5);
  }

  /** Of a chunk without a footer, only the header can be compared. */
  @Override
  public Optional<String> difference(OpenFile file) throws IOException {
    if (footer.isEmpty()) {
      ChunkHeader now = ChunkReader.header(file, name);
      return now.equals(header) ? Optional.empty() : Optional.of(now + " instead of " + header);
    }
    Chunk now = ChunkReader.facts(file, name);
    return now.equals(this) ? Optional.empty() : Optional.of(now + " instead of " + this);
  }

  /** {@return whether it has a footer, and so is read-only} */
  public boolean isCompleted() {
    return footer.isPresent();
  }

  /** {@return where in the log it begins} */
  public long startPosition() {
    return header.startPosition();
  }

  /** {@return where in the log the next chunk begins} */
  public long endPosition() {
    return header.endPosition();
  }

  /**
   * Where a position of an unscavenged, untransformed chunk lies in the file ({@code
   * database-files.md#s5}, 5.0 to 26.1).
   *
   * @param position a position in the log, from this chunk's start to its end
   * @return the offset in the file
   * @throws IllegalArgumentException when it lies elsewhere, or the file needs a map or a key
   */
  public long fileOffset(long position) {
    if (header.scavenged()
        || !header.isIdentity()
        || position < startPosition()
        || position > endPosition()) {
      throw new IllegalArgumentException(name + " at position " + position);
    }
    return ChunkHeader.LENGTH_BYTES + position - startPosition();
  }
}
