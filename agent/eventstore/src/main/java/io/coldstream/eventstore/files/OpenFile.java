package io.coldstream.eventstore.files;

import io.coldstream.eventstore.DatabaseException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An open file. It keeps the bytes of the file that was opened, also after that was replaced or
 * unlinked. Safe for positional reads by several threads.
 */
public interface OpenFile extends Closeable {

  /** {@return the bare name under which it was opened, for messages} */
  String name();

  /**
   * How long the file is now.
   *
   * @return its length
   * @throws IOException when that cannot be told
   */
  long lengthBytes() throws IOException;

  /**
   * Reads some bytes from a position on.
   *
   * @param into where they go; as many as fit, or fewer
   * @param positionBytes the first byte
   * @return how many were read, at least one if there is room; -1 at or behind the file's end
   * @throws IOException when they cannot be read
   */
  int read(ByteBuffer into, long positionBytes) throws IOException;

  /**
   * Reads exactly as many bytes as asked for.
   *
   * @param positionBytes the first byte
   * @param lengthBytes how many
   * @return the bytes
   * @throws DatabaseException of kind CHANGED when the file ends before that: whoever asks has
   *     looked at its length before
   * @throws IOException when they cannot be read
   */
  default byte[] readFully(long positionBytes, int lengthBytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(lengthBytes);
    while (buffer.hasRemaining()) {
      if (read(buffer, positionBytes + buffer.position()) < 0) {
        throw new DatabaseException(
            DatabaseException.Kind.CHANGED,
            name(),
            Optional.empty(),
            "ends at " + (positionBytes + buffer.position()) + ", expected were " + lengthBytes
                + " bytes from " + positionBytes,
            "it became shorter while it was read; back up again");
      }
    }
    return buffer.array();
  }
}
