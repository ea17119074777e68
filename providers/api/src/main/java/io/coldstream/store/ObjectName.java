package io.coldstream.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The name of an object, relative to the prefix that a store was opened on: components joined by
 * {@code /}.
 *
 * <p>A name is at most {@value #MAX_BYTES} bytes of UTF-8 in components of 1 to {@value
 * #MAX_COMPONENT_BYTES} bytes. It has no leading, trailing or doubled slash, no component {@code .}
 * or {@code ..}, no backslash and no control character, so that no name read from a manifest can
 * reach outside the prefix on a store or outside the target on a disk. The order of names is that of
 * their UTF-8 bytes, which is the order in which every store lists.
 *
 * @param value the name, checked
 */
public record ObjectName(String value) implements Comparable<ObjectName> {

  /** Longest name, in bytes of UTF-8: S3 allows 1,024 with the prefix. */
  public static final int MAX_BYTES = 1000;

  /** Longest component, in bytes of UTF-8: leaves room for a suffix below the 255 of a file name. */
  public static final int MAX_COMPONENT_BYTES = 200;

  /** The order in which stores list: that of the bytes in UTF-8, which is not that of strings. */
  public static final Comparator<String> ORDER =
      Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when the name breaks a rule of this type; the message quotes it
   */
  public ObjectName {
    String fault = Names.fault(value);
    if (fault != null) {
      throw new IllegalArgumentException("object name " + Names.quoted(value) + " " + fault);
    }
  }

  /**
   * A name under a prefix.
   *
   * @param prefix where the object stands
   * @param rest the components below it
   * @return the joined name
   */
  public static ObjectName in(ObjectPrefix prefix, String rest) {
    return new ObjectName(prefix.value() + rest);
  }

  /**
   * The part after the last slash.
   *
   * @return the last component
   */
  public String lastComponent() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  @Override
  public int compareTo(ObjectName other) {
    return ORDER.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
