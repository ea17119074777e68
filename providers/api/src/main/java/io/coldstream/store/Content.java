package io.coldstream.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Content from memory, for small objects. */
public final class Content {

  private Content() {}

  /**
   * Bytes as a source. Nothing but their length is checked.
   *
   * @param bytes the content; copied
   * @return the source
   */
  public static ObjectSource of(byte[] bytes) {
    byte[] kept = bytes.clone();
    return new ObjectSource() {
      @Override
      public long lengthBytes() {
        return kept.length;
      }

      @Override
      public InputStream open(long offsetBytes) {
        int from = Math.toIntExact(offsetBytes);
        return new ByteArrayInputStream(kept, from, kept.length - from);
      }

      @Override
      public Pass begin() {
        return new Unchecked();
      }
    };
  }

  private static final class Unchecked implements ObjectSource.Pass {
    @Override
    public void accept(byte[] bytes, int offset, int length) {
      // Memory does not change: there is nothing to check.
    }

    @Override
    public void approve() {
      // As above.
    }
  }
}
