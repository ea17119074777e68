package io.coldstream.store.testkit;

import io.coldstream.store.ObjectSource;
import java.io.IOException;
import java.io.InputStream;

/** A source whose bytes are counted as they are read, also when they are read again. */
record CountedSource(ObjectSource source, CallLog log) implements ObjectSource {

  @Override
  public long lengthBytes() {
    return source.lengthBytes();
  }

  @Override
  public InputStream open(long offsetBytes) throws IOException {
    return new CountedStream(source.open(offsetBytes), log::addWritten, () -> {});
  }

  @Override
  public InputStream sending(InputStream body) {
    return source.sending(body);
  }

  @Override
  public Pass begin() {
    return source.begin();
  }
}
