package io.coldstream.core.backup.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Returns the free space on the database's disk. */
@FunctionalInterface
public interface FreeSpace {

  /**
   * Returns the free space now.
   *
   * @return the bytes that are free for use
   * @throws IOException when it cannot be determined
   */
  long bytes() throws IOException;

  /**
   * The free space of the disk that holds a folder.
   *
   * @param folder any folder on it
   * @return a lookup that reads the disk each time
   */
  static FreeSpace of(Path folder) {
    return () -> Files.getFileStore(folder).getUsableSpace();
  }
}
