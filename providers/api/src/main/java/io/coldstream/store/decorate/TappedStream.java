package io.coldstream.store.decorate;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A stream that reports its bytes as they pass. Its read methods all end in one method. */
final class TappedStream extends InputStream {

  private final InputStream in;
  private final Tap tap;

  TappedStream(InputStream in, Tap tap) {
    this.in = in;
    this.tap = tap;
  }

  /** Receives what passes. */
  interface Tap {

    /** How many of the bytes that could be read at once may be, 1 or more. */
    int most(int wanted);

    /** Bytes have been read, and are returned to the reader when this returns. */
    void passed(int bytes) throws IOException;

    /** Reading failed; the failure is thrown when this returns. */
    void failed(IOException failure);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    int read;
    try {
      read = in.read(bytes, offset, tap.most(length));
    } catch (IOException e) {
      tap.failed(e);
      throw e;
    }
    if (read > 0) {
      tap.passed(read);
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
