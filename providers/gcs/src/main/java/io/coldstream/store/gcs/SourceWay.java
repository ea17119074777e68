package io.coldstream.store.gcs;

import com.google.api.client.http.HttpContent;
import io.coldstream.store.spi.OncePass;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/**
 * Reads the source of one put from the first byte to the last, with the checksum of all that it
 * passed. Holds one grain. Used by one thread.
 */
final class SourceWay implements Closeable {

  private final InputStream source;
  private final InputStream sending;
  private final CRC32C checksum = new CRC32C();
  private final byte[] grain = new byte[GcsSettings.GRAIN_BYTES];
  private long at;

  /** Begins at the first byte, also of a source that was read before. */
  SourceWay(OncePass pass) throws IOException {
    this.source = pass.openUnsent(0);
    this.sending = pass.sending(source);
  }

  /** How many bytes were read. */
  long at() {
    return at;
  }

  /** The checksum of the bytes that were read. */
  int crc32c() {
    return (int) checksum.getValue();
  }

  /** Reads without sending. */
  void skipTo(long bytes) throws IOException {
    while (at < bytes) {
      next(source, bytes);
    }
  }

  /** The bytes up to an offset, at most a grain, to be sent. */
  byte[] take(long bytes) throws IOException {
    byte[] taken = new byte[next(sending, bytes)];
    System.arraycopy(grain, 0, taken, 0, taken.length);
    return taken;
  }

  /**
   * The bytes from here to an offset as a body, which is written once. What the object begins with is
   * noted before the bytes leave.
   *
   * @param bytes the offset; it and this place are multiples of a grain
   */
  HttpContent bodyTo(long bytes, UploadSession session) {
    return new Body(bytes, session);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  /** Reads to an offset, at most a grain. */
  private int next(InputStream from, long bytes) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
    int length = from.readNBytes(grain, 0, (int) Math.min(grain.length, bytes - at));
    checksum.update(grain, 0, length);
    at += length;
    return length;
  }

  private final class Body implements HttpContent {
    private final long from = at;
    private final long to;
    private final UploadSession session;

    Body(long to, UploadSession session) {
      this.to = to;
      this.session = session;
    }

    @Override
    public long getLength() {
      return to - from;
    }

    @Override
    public String getType() {
      return GcsObject.TYPE;
    }

    @Override
    public boolean retrySupported() {
      return false;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      while (at < to) {
        int length = next(sending, to);
        session.note(at, crc32c());
        out.write(grain, 0, length);
      }
    }
  }
}
