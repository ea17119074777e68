package io.coldstream.core.support.events;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A request body that reports its progress. */
public final class SentBytes extends FilterInputStream {

  private final LongConsumer progress;

  /**
   * A body.
   *
   * @param body the bytes
   * @param progress receives how many bytes were read
   */
  public SentBytes(InputStream body, LongConsumer progress) {
    super(body);
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    if (value >= 0) {
      progress.accept(1);
    }
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    if (read > 0) {
      progress.accept(read);
    }
    return read;
  }
}
