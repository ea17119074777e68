package io.coldstream.store;

/**
 * A place under which objects are listed or swept: empty (everything), or components of an {@link
 * ObjectName} with a closing slash.
 *
 * @param value empty, or a checked name and {@code /}
 */
public record ObjectPrefix(String value) {

  /** Everything under the prefix that the store was opened on. */
  public static final ObjectPrefix ALL = new ObjectPrefix("");

  /**
   * Checks the prefix.
   *
   * @throws IllegalArgumentException when it is neither empty nor a name with a closing slash
   */
  public ObjectPrefix {
    if (!value.isEmpty()) {
      if (!value.endsWith("/")) {
        throw new IllegalArgumentException(
            "prefix " + Names.quoted(value) + " does not end with a slash");
      }
      String fault = Names.fault(value.substring(0, value.length() - 1));
      if (fault != null) {
        throw new IllegalArgumentException("prefix " + Names.quoted(value) + " " + fault);
      }
    }
  }

  /**
   * Whether an object is under this prefix.
   *
   * @param name the object
   * @return true when it does
   */
  public boolean holds(ObjectName name) {
    return name.value().startsWith(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
