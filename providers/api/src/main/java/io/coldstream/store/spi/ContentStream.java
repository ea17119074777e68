package io.coldstream.store.spi;

import io.coldstream.store.ObjectContent;
import io.coldstream.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;

/**
 * An open read that is its own stream, the base of the adapters' reads. A subclass reads the bytes and
 * closes. Not thread-safe.
 */
public abstract class ContentStream extends InputStream implements ObjectContent {

  private final StoredObject object;

  /**
   * An open read.
   *
   * @param object what is read
   */
  protected ContentStream(StoredObject object) {
    this.object = object;
  }

  @Override
  public final StoredObject object() {
    return object;
  }

  @Override
  public final InputStream stream() {
    return this;
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public abstract int read(byte[] bytes, int offset, int length) throws IOException;

  /** Ends the read; {@link InputStream} and {@link ObjectContent} both have it. */
  @Override
  public abstract void close() throws IOException;
}
