package io.coldstream.store.decorate;

import io.coldstream.store.ObjectContent;
import io.coldstream.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;

/**
 * An open read that reports its bytes as they arrive.
 *
 * @param content the read
 * @param stream its one stream
 */
record TappedContent(ObjectContent content, InputStream stream) implements ObjectContent {

  TappedContent(ObjectContent content, TappedStream.Tap tap) {
    this(content, new TappedStream(content.stream(), tap));
  }

  @Override
  public StoredObject object() {
    return content.object();
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
