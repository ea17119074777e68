package io.coldstream.eventstore.log;

import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;

/** Opens the chunks that a {@link LogReader} reads. */
@FunctionalInterface
public interface ChunkOpener {

  /**
   * Opens a chunk, or hands out one that is open.
   *
   * @param name the chunk's file
   * @return the open file; the reader closes it after each of its own calls, so what is to stay
   *     open is handed out in a shell whose closing does nothing
   * @throws IOException when it cannot be opened
   */
  OpenFile open(ChunkFileName name) throws IOException;
}
