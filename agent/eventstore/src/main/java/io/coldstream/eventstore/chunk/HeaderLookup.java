package io.coldstream.eventstore.chunk;

import java.io.IOException;

/** How a {@link Cover} gets at the header of a file that it considers. */
@FunctionalInterface
public interface HeaderLookup {

  /**
   * Reads a header.
   *
   * @param name the file
   * @return its header
   * @throws java.nio.file.NoSuchFileException when it is gone since it was listed
   * @throws IOException when it cannot be read, or is damaged
   */
  ChunkHeader header(ChunkFileName name) throws IOException;
}
