package io.coldstream.store.testkit.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A stream that pauses whenever so many bytes were read. */
final class SlowStream extends FilterInputStream {

  private static final long BETWEEN_BYTES = 3 << 20;

  private final Duration pause;
  private long untilPause = BETWEEN_BYTES;

  SlowStream(InputStream in, Duration pause) {
    super(in);
    this.pause = pause;
  }

  @Override
  public int read() throws IOException {
    return passed(super.read(), 1);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = super.read(bytes, offset, length);
    return passed(n, n);
  }

  private int passed(int result, int bytes) {
    untilPause -= bytes;
    if (untilPause <= 0) {
      untilPause = BETWEEN_BYTES;
      LockSupport.parkNanos(pause.toNanos());
    }
    return result;
  }
}
