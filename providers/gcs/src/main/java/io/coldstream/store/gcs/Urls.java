package io.coldstream.store.gcs;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Parts of a request's address. */
final class Urls {

  private Urls() {}

  /** A part of a path or a query, with nothing in it that could end it. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
