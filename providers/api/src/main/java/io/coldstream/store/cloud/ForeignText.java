package io.coldstream.store.cloud;

/** What a store or a library said. */
public final class ForeignText {

  private ForeignText() {}

  /**
   * A foreign text for a message: one short line, without a query or a key.
   *
   * @param text what was said
   * @return what may be repeated of it
   */
  public static String cleaned(String text) {
    String clean = text.replaceAll("[\\p{Cntrl}\\s]+", " ")
        .replaceAll("\\?[^\\s\"'<>]*=[^\\s\"'<>]*", "?...")
        .replaceAll("(?i)x-amz-[a-z-]+=[^\\s&]+", "...")
        .replaceAll("\\b(AKIA|ASIA)[A-Z0-9]{12,}", "...")
        .replaceAll("\\(Service: [^)]*\\)", "")
        .strip();
    return clean.length() > 300 ? clean.substring(0, 300) + "..." : clean;
  }
}
