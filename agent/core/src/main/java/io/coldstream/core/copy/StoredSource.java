package io.coldstream.core.copy;

import io.coldstream.core.repository.ObjectFault;
import io.coldstream.core.repository.ObjectReader;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.events.SentBytes;
import io.coldstream.store.ObjectSource;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.function.LongConsumer;

/**
 * A stored object as the content of another one. It approves only bytes that have the SHA-256 of the
 * manifest. Thread-safe.
 */
final class StoredSource implements ObjectSource {

  private final ObjectReader reader;
  private final StoredBytes stored;
  private final LongConsumer progress;

  /**
   * A source.
   *
   * @param reader reads the store that has the object
   * @param stored the object, with its length and digest
   * @param progress receives how many bytes were sent, repeats included; called by several threads
   */
  StoredSource(ObjectReader reader, StoredBytes stored, LongConsumer progress) {
    this.reader = reader;
    this.stored = stored;
    this.progress = progress;
  }

  @Override
  public long lengthBytes() {
    return stored.lengthBytes();
  }

  @Override
  public InputStream open(long offsetBytes) throws IOException {
    return reader.stream(stored, offsetBytes);
  }

  @Override
  public InputStream sending(InputStream body) {
    return new SentBytes(body, progress);
  }

  @Override
  public Pass begin() {
    MessageDigest sha256 = Sha256.newDigest();
    return new Pass() {
      @Override
      public void accept(byte[] bytes, int offset, int length) {
        sha256.update(bytes, offset, length);
      }

      @Override
      public void approve() throws IOException {
        if (!Sha256.of(sha256).equals(stored.sha256())) {
          throw new ObjectFault(
              ObjectFault.Kind.ALTERED,
              stored.object(),
              "is damaged: its SHA-256 differs from the manifest");
        }
      }
    };
  }
}
