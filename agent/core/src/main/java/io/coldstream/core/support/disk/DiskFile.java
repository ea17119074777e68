package io.coldstream.core.support.disk;

import java.io.Closeable;
import java.io.IOException;

/** A file that is open for appending. Not thread-safe. Closing it does not sync it. */
public interface DiskFile extends Closeable {

  /**
   * Adds bytes at the end; they are durable only after {@link #sync}.
   *
   * @param bytes holds them
   * @param offset where they start in the array
   * @param length how many
   * @throws DiskException when they cannot be written; some of them may have been
   */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /**
   * Makes all that was written durable. The file's name is durable only after its folder was synced.
   *
   * @throws DiskException when it may not be durable
   */
  void sync() throws IOException;

  /**
   * How long the file is now.
   *
   * @return the length in bytes, with what was there when it was opened
   * @throws DiskException when the system cannot tell
   */
  long lengthBytes() throws IOException;
}
