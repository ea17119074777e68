package io.coldstream.core.backup.capture;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.eventstore.chunk.ChunkFacts;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;

/**
 * The chunk that the captured end of the log lies in. Its bytes below that end never change while
 * the node only goes on ({@code database-files.md#s4-6}); those above are not captured.
 *
 * @param facts its name and header as captured; the file's length and a footer that it may have got
 *     by now say nothing
 * @param capturedBytes how many bytes from the file's start belong to the capture: the header and the
 *     data up to the writer's position
 * @param lastRecord the last record below the writer's position
 */
public record ActiveChunk(ChunkFacts facts, long capturedBytes, TailRecord lastRecord) {

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException when no data is captured, or more than the file holds
   */
  public ActiveChunk {
    if (capturedBytes <= ChunkHeader.LENGTH_BYTES || capturedBytes > facts.lengthBytes()) {
      throw new IllegalArgumentException(
          facts.name() + ": " + capturedBytes + " of " + facts.lengthBytes() + " bytes captured");
    }
  }

  /**
   * Checks that an open file still holds what was captured.
   *
   * @param file the chunk's file
   * @throws SourceMoved when its header or its last captured record is another one
   * @throws IOException when it cannot be read
   */
  public void requireUnchanged(OpenFile file) throws IOException {
    ChunkHeader header = ChunkHeader.parse(
        file.readFully(0, ChunkHeader.LENGTH_BYTES), facts.name().toString());
    if (!header.equals(facts.header())) {
      throw new SourceMoved(file.name() + ": another chunk than was captured: " + header
          + " instead of " + facts.header());
    }
    byte[] record =
        file.readFully(facts.fileOffset(lastRecord.position()), lastRecord.lengthBytes());
    if (!Sha256.of(record).equals(lastRecord.sha256())) {
      throw new SourceMoved(file.name() + ": its log was rewritten: the record at "
          + lastRecord.position() + " is not the one that was captured");
    }
  }
}
