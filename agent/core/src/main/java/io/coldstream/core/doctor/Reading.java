package io.coldstream.core.doctor;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Reads back what was sent. */
final class Reading {

  private static final int BUFFER_BYTES = 1 << 16;

  private Reading() {}

  /** A range of a small object. */
  static byte[] bytes(ObjectStore store, ObjectName name, ByteRange range, Optional<String> version)
      throws IOException {
    try (ObjectContent content = store.read(name, range, version)) {
      return content.stream().readAllBytes();
    }
  }

  /** A whole small object. */
  static byte[] bytes(ObjectStore store, ObjectName name) throws IOException {
    return bytes(store, name, ByteRange.WHOLE, Optional.empty());
  }

  /** Whether an object of any length is what was sent, byte by byte. */
  static boolean isSame(ObjectStore store, ObjectName name, ObjectSource sent) throws IOException {
    try (ObjectContent content = store.read(name, ByteRange.WHOLE, Optional.empty());
        InputStream expected = sent.open(0)) {
      byte[] wanted;
      do {
        wanted = expected.readNBytes(BUFFER_BYTES);
        if (!Arrays.equals(wanted, content.stream().readNBytes(BUFFER_BYTES))) {
          return false;
        }
      } while (wanted.length > 0);
      return true;
    }
  }
}
