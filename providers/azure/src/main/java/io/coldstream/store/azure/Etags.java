package io.coldstream.store.azure;

/** ETags as headers have them (quoted) and as listings and versions do (not). */
final class Etags {

  private Etags() {}

  static String version(String etag) {
    boolean quoted = etag.length() > 2 && etag.startsWith("\"") && etag.endsWith("\"");
    return quoted ? etag.substring(1, etag.length() - 1) : etag;
  }

  static String header(String version) {
    return '"' + version + '"';
  }
}
