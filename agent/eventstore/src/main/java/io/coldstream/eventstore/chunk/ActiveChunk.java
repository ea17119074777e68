package io.coldstream.eventstore.chunk;

import io.coldstream.eventstore.Md5;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.util.Optional;

/**
 * The chunk that the captured end of the log lies in. Its bytes below that end never change while
 * the log only grows ({@code database-files.md#s4-6}); those above are not captured.
 *
 * @param chunk its name and header as captured; the file's length and a footer that it may have got
 *     by now say nothing
 * @param lengthBytes how many bytes from the file's start belong to the capture: the header and the
 *     data up to the writer's position
 * @param lastRecord the last record below the writer's position
 */
public record ActiveChunk(Chunk chunk, long lengthBytes, TailRecord lastRecord)
    implements DatabaseFile {

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException when no data is captured, or more than the file holds
   */
  public ActiveChunk {
    if (lengthBytes <= ChunkHeader.LENGTH_BYTES || lengthBytes > chunk.lengthBytes()) {
      throw new IllegalArgumentException(
          chunk.name() + ": " + lengthBytes + " of " + chunk.lengthBytes() + " bytes captured");
    }
  }

  @Override
  public Kind kind() {
    return Kind.ACTIVE_CHUNK;
  }

  @Override
  public String fileName() {
    return chunk.fileName();
  }

  @Override
  public Optional<String> difference(OpenFile file) throws IOException {
    ChunkHeader now = ChunkHeader.parse(file.readFully(0, ChunkHeader.LENGTH_BYTES), fileName());
    if (!now.equals(chunk.header())) {
      return Optional.of(now + " instead of " + chunk.header());
    }
    byte[] record =
        file.readFully(chunk.fileOffset(lastRecord.position()), lastRecord.lengthBytes());
    return Md5.of(record).equals(lastRecord.md5())
        ? Optional.empty()
        : Optional.of("its log was rewritten: the record at " + lastRecord.position()
            + " is not the one that was captured");
  }
}
