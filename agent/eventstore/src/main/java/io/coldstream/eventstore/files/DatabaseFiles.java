package io.coldstream.eventstore.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A read-only view of a database's folders. Nothing in it changes, locks or loads a file. Safe for
 * use by several threads.
 */
public interface DatabaseFiles {

  /**
   * Lists a folder, without what lies in its subfolders. Not atomic: on a running node a name can
   * be gone when it is opened, or come in the meantime.
   *
   * @param folder the folder
   * @return its entries in the order of their names
   * @throws java.nio.file.NoSuchFileException when there is no such folder
   * @throws java.nio.file.NotDirectoryException when it is something else
   * @throws java.nio.file.AccessDeniedException when it may not be listed
   * @throws IOException for any other failure
   */
  List<FileEntry> list(Path folder) throws IOException;

  /**
   * Opens a regular file, or a link to one.
   *
   * @param file the file
   * @return the open file, to be closed by the caller
   * @throws java.nio.file.NoSuchFileException when it is gone, or a link that leads nowhere
   * @throws java.nio.file.AccessDeniedException when it may not be read
   * @throws IOException for any other failure, a folder among them
   */
  OpenFile open(Path file) throws IOException;
}
