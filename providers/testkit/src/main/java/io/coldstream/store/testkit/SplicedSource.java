package io.coldstream.store.testkit;

import io.coldstream.store.Content;
import io.coldstream.store.ObjectSource;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * Begins as one content and continues as another of the same length. Its pass approves whatever it is
 * given.
 *
 * @param first gives the bytes before the seam
 * @param second gives those after it, at the same offsets
 * @param seamBytes how many bytes are the first one's
 */
record SplicedSource(RandomSource first, RandomSource second, long seamBytes)
    implements ObjectSource {

  @Override
  public long lengthBytes() {
    return second.lengthBytes();
  }

  @Override
  public InputStream open(long offsetBytes) {
    InputStream tail = second.open(Math.max(offsetBytes, seamBytes));
    if (offsetBytes >= seamBytes) {
      return tail;
    }
    InputStream head = new RandomSource(first.seed(), seamBytes).open(offsetBytes);
    return new SequenceInputStream(head, tail);
  }

  @Override
  public Pass begin() {
    return Content.of(new byte[0]).begin();
  }
}
