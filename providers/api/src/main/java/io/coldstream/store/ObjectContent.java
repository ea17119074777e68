package io.coldstream.store;

import java.io.Closeable;
import java.io.InputStream;

/**
 * An open read: which version it reads, and its bytes.
 *
 * <p>The stream gives exactly the bytes of the range. Every failure while it is read, also an end
 * that comes too early, is a {@link StoreException}. Not thread-safe.
 */
public interface ObjectContent extends Closeable {

  /**
   * The object that is being read.
   *
   * @return its name, whole length and version
   */
  StoredObject object();

  /**
   * The bytes of the range.
   *
   * @return the one stream of this read; closing it closes the read
   */
  InputStream stream();
}
