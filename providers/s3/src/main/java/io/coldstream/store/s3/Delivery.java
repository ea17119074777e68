package io.coldstream.store.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * A request's body of known length, which can be opened again, and whether the transport has read all
 * of it: what a store confirms without having been sent it was not stored. Used by one thread.
 */
final class Delivery {

  private static final String BYTES = "application/octet-stream";

  private final Opening opening;
  private final long lengthBytes;
  private long mostRead;

  /** Opens the content. */
  interface Opening {
    InputStream open() throws IOException;
  }

  Delivery(Opening opening, long lengthBytes) {
    this.opening = opening;
    this.lengthBytes = lengthBytes;
  }

  RequestBody body() {
    return RequestBody.fromContentProvider(
        () -> {
          try {
            return new Counting(opening.open());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        lengthBytes,
        BYTES);
  }

  /** Whether it was read to its end at least once. */
  boolean isComplete() {
    return mostRead == lengthBytes;
  }

  private final class Counting extends FilterInputStream {
    private long read;

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
      read += Math.max(0, count);
      mostRead = Math.max(mostRead, read);
      return count;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
