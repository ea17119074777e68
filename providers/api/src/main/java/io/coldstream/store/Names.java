package io.coldstream.store;

import java.nio.charset.StandardCharsets;

/** The rules that names and prefixes share. */
public final class Names {

  private Names() {}

  /** What is wrong with a name, as the end of a sentence; {@code null} when nothing is. */
  static String fault(String name) {
    if (name.isEmpty()) {
      return "is empty";
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > ObjectName.MAX_BYTES) {
      return "is longer than " + ObjectName.MAX_BYTES + " bytes";
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      return "is not valid Unicode";
    }
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i)) || name.charAt(i) == '\\') {
        return "holds a control character or a backslash";
      }
    }
    for (String component : name.split("/", -1)) {
      if (component.isEmpty()) {
        return "has an empty component (a leading, trailing or doubled slash)";
      }
      if (component.equals(".") || component.equals("..")) {
        return "has a component that climbs or stays (. or ..)";
      }
      if (component.getBytes(StandardCharsets.UTF_8).length > ObjectName.MAX_COMPONENT_BYTES) {
        return "has a component longer than " + ObjectName.MAX_COMPONENT_BYTES + " bytes";
      }
    }
    return null;
  }

  /**
   * A hostile name for a message: short, and without control characters.
   *
   * @param name any text
   * @return the same, in quotes
   */
  public static String quoted(String name) {
    String shown = name.length() > 120 ? name.substring(0, 120) + "..." : name;
    return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
  }
}
