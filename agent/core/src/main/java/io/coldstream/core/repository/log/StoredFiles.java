package io.coldstream.core.repository.log;

import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.eventstore.files.OpenFile;

/** Opens the files of a backup where they are stored. */
@FunctionalInterface
interface StoredFiles {

  /**
   * Opens a file; the store is asked when it is read.
   *
   * @param entry the file
   * @return the open file
   */
  OpenFile open(FileEntry entry);
}
