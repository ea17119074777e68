package io.coldstream.store.cloud;

import java.io.IOException;
import java.io.InputStream;

/** One section of a put's content, to be sent. */
public interface SectionBody {

  /**
   * Which section it is.
   *
   * @return its number, from 0
   */
  int section();

  /**
   * How long it is.
   *
   * @return its length in bytes
   */
  long lengthBytes();

  /**
   * Opens it to be sent, as often as a transport likes.
   *
   * @return exactly its bytes
   * @throws IOException when the source fails, or is no longer what it was
   */
  InputStream open() throws IOException;

  /**
   * Opens it to be digested before it is sent: what limits or counts what is sent does not see it.
   *
   * @return exactly its bytes
   * @throws IOException as of {@link #open}
   */
  InputStream openUnsent() throws IOException;

  /**
   * The CRC-32C of its bytes.
   *
   * @return the checksum
   * @throws IllegalStateException while it has not been read to its end
   */
  int crc32c();
}
