package io.coldstream.core.backup.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room the database's disk has. */
@FunctionalInterface
public interface FreeSpace {

  /**
   * Asks.
   *
   * @return the bytes that are free for use
   * @throws IOException when that cannot be told
   */
  long bytes() throws IOException;

  /**
   * The room on the disk that holds a folder.
   *
   * @param folder any folder on it
   * @return what asks each time anew
   */
  static FreeSpace of(Path folder) {
    return () -> Files.getFileStore(folder).getUsableSpace();
  }
}
