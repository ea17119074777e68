package io.coldstream.store.cloud;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body that knows whether the transport has read all of it: a store that confirms a body without
 * having received it has not stored it. Used by one thread.
 */
final class CountedBody implements SectionBody {

  private final SectionBody body;
  private long mostReadBytes;

  CountedBody(SectionBody body) {
    this.body = body;
  }

  /** Whether it was read to its end at least once, to be sent. */
  boolean isSent() {
    return mostReadBytes == body.lengthBytes();
  }

  @Override
  public int section() {
    return body.section();
  }

  @Override
  public long lengthBytes() {
    return body.lengthBytes();
  }

  @Override
  public InputStream open() throws IOException {
    return new Counting(body.open());
  }

  @Override
  public InputStream openUnsent() throws IOException {
    return body.openUnsent();
  }

  @Override
  public int crc32c() {
    return body.crc32c();
  }

  private final class Counting extends FilterInputStream {
    private long readBytes;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = in.read(bytes, offset, length);
      readBytes += Math.max(0, count);
      mostReadBytes = Math.max(mostReadBytes, readBytes);
      return count;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
