package io.coldstream.eventstore.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The name of a stream as the log holds it: UTF-8. Decoded only when its text is asked for. */
public final class StreamName {

  private static final String METADATA_PREFIX = "$$";

  private final byte[] utf8;

  private StreamName(byte[] utf8) {
    this.utf8 = utf8;
  }

  /**
   * The name of a stream.
   *
   * @param text its text
   * @return the name
   */
  public static StreamName of(String text) {
    return new StreamName(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A name that stands in a record. */
  static StreamName at(byte[] bytes, int from, int to) {
    return new StreamName(Arrays.copyOfRange(bytes, from, to));
  }

  /** {@return the name as text} */
  public String text() {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** {@return whether the stream holds the metadata of another one: its name begins with {@code $$}} */
  public boolean holdsMetadata() {
    return utf8.length > 1 && utf8[0] == '$' && utf8[1] == '$';
  }

  /**
   * Whether it is one of the server's own.
   *
   * @return whether the name begins with {@code $}; of a stream that holds metadata, whether the name
   *     that follows {@code $$} does
   */
  public boolean isSystem() {
    int name = holdsMetadata() ? METADATA_PREFIX.length() : 0;
    return name < utf8.length && utf8[name] == '$';
  }

  /** {@return the stream that holds the metadata of this one} */
  public StreamName metadata() {
    return of(METADATA_PREFIX + text());
  }

  /**
   * The stream whose metadata this one holds.
   *
   * @return its name
   * @throws IllegalStateException when this one holds no metadata
   */
  public StreamName described() {
    if (!holdsMetadata()) {
      throw new IllegalStateException("not a stream of metadata");
    }
    return at(utf8, METADATA_PREFIX.length(), utf8.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StreamName name && Arrays.equals(utf8, name.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  @Override
  public String toString() {
    return text();
  }
}
