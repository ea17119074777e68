package io.coldstream.core.drill.events;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes a stream's name as a part of a URL's path. */
final class Encoded {

  private static final String PLAIN = "-._~";

  private Encoded() {}

  static String of(String name) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }
}
