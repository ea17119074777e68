package io.coldstream.eventstore.chunk;

import java.io.IOException;

/** Returns the header of a chunk file that a {@link Cover} considers. */
@FunctionalInterface
public interface HeaderLookup {

  /**
   * Reads the header of a chunk file.
   *
   * @param name the file
   * @return its header
   * @throws java.nio.file.NoSuchFileException when it is gone since it was listed
   * @throws IOException when it cannot be read, or is damaged
   */
  ChunkHeader header(ChunkFileName name) throws IOException;
}
