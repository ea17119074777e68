package io.coldstream.core.doctor;

import io.coldstream.store.ObjectSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** A content in whose midst the reading thread is interrupted, as when the process is stopped. */
final class StoppingSource implements ObjectSource {

  private final ObjectSource source;
  private final long stopAtBytes;
  private volatile boolean stopped;

  StoppingSource(ObjectSource source, long stopAtBytes) {
    this.source = source;
    this.stopAtBytes = stopAtBytes;
  }

  /** Whether it has interrupted whoever read it. */
  boolean hasStopped() {
    return stopped;
  }

  @Override
  public long lengthBytes() {
    return source.lengthBytes();
  }

  @Override
  public InputStream open(long offsetBytes) throws IOException {
    return new Stopping(source.open(offsetBytes), offsetBytes);
  }

  @Override
  public Pass begin() {
    return source.begin();
  }

  private final class Stopping extends FilterInputStream {
    private long position;

    Stopping(InputStream in, long position) {
      super(in);
      this.position = position;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (position >= stopAtBytes) {
        stopped = true;
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
      int read = super.read(bytes, offset, (int) Math.min(length, stopAtBytes - position));
      position += Math.max(0, read);
      return read;
    }
  }
}
