package io.coldstream.store.cloud;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose read methods all end in one method. */
final class ReadingStream extends InputStream {

  private final Reading reading;
  private final Closeable closing;

  /** Reads bytes as {@link InputStream#read(byte[], int, int)} does. */
  interface Reading {
    int read(byte[] bytes, int offset, int length) throws IOException;
  }

  ReadingStream(Reading reading, Closeable closing) {
    this.reading = reading;
    this.closing = closing;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return reading.read(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }
}
