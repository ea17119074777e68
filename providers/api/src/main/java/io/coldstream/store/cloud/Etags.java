package io.coldstream.store.cloud;

/** ETags as headers have them (quoted) and as listings and versions do (not). */
public final class Etags {

  private Etags() {}

  /**
   * An ETag as a version.
   *
   * @param etag as the store sent it, quoted or not
   * @return the same without quotes
   */
  public static String version(String etag) {
    boolean quoted = etag.length() > 2 && etag.startsWith("\"") && etag.endsWith("\"");
    return quoted ? etag.substring(1, etag.length() - 1) : etag;
  }

  /**
   * A version as a header has it.
   *
   * @param version without quotes
   * @return the same, quoted
   */
  public static String header(String version) {
    return '"' + version + '"';
  }
}
