package io.coldstream.core.testing;

import java.io.IOException;
import java.io.InputStream;

/** Documents of format 1 as an earlier version wrote them. They are never changed. */
public final class Format1 {

  private Format1() {}

  /** The bytes of one document. */
  public static byte[] bytes(String name) throws IOException {
    try (InputStream document = Format1.class.getResourceAsStream("/format-1/" + name)) {
      return document.readAllBytes();
    }
  }
}
