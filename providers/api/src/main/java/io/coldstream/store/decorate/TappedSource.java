package io.coldstream.store.decorate;

import io.coldstream.store.ObjectSource;
import java.io.IOException;
import java.io.InputStream;

/**
 * A source that reports its bytes when they are sent, and only then.
 *
 * @param source the content
 * @param tap receives the counts, from several threads at once
 */
record TappedSource(ObjectSource source, TappedStream.Tap tap) implements ObjectSource {

  @Override
  public long lengthBytes() {
    return source.lengthBytes();
  }

  @Override
  public InputStream open(long offsetBytes) throws IOException {
    return source.open(offsetBytes);
  }

  @Override
  public InputStream sending(InputStream body) {
    return new TappedStream(source.sending(body), tap);
  }

  @Override
  public Pass begin() {
    return source.begin();
  }
}
