package io.coldstream.store.testkit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A stream that tells how many bytes went through it, and when it is closed. */
final class CountedStream extends FilterInputStream {

  private final LongConsumer count;
  private final Runnable closed;
  private boolean over;

  CountedStream(InputStream in, LongConsumer count, Runnable closed) {
    super(in);
    this.count = count;
    this.closed = closed;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    count.accept(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    count.accept(Math.max(0, read));
    return read;
  }

  @Override
  public void close() throws IOException {
    try {
      in.close();
    } finally {
      if (!over) {
        over = true;
        closed.run();
      }
    }
  }
}
