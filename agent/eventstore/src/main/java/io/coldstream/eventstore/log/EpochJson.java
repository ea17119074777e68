package io.coldstream.eventstore.log;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Reads the JSON of an epoch record ({@code database-files.md#s5-epochs}, 5.0 to 26.1): one flat object in
 * camel case
 * with strings and numbers, in which fields with default values are missing. Unknown fields are
 * passed over, nested ones too; a field that comes twice counts the last time.
 */
final class EpochJson {

  /** What real ones come to is 200 to 300 bytes. */
  static final int MAX_BYTES = 64 * 1024;

  private static final int MAX_DEPTH = 32;

  private final String text;
  private int at;

  private EpochJson(String text) {
    this.text = text;
  }

  /**
   * Parses the JSON of an epoch.
   *
   * @param bytes UTF-8, at most {@link #MAX_BYTES}
   * @throws IllegalArgumentException when it is no such object
   */
  static Epoch parse(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException("an epoch of " + bytes.length + " bytes");
    }
    Map<String, String> fields = new EpochJson(new String(bytes, StandardCharsets.UTF_8)).object();
    String id = fields.get("epochId");
    if (id == null) {
      throw new IllegalArgumentException("an epoch without an id");
    }
    long previous = number(fields, "prevEpochPosition");
    return new Epoch(
        number(fields, "epochNumber"),
        UUID.fromString(id),
        number(fields, "epochPosition"),
        previous == -1 ? OptionalLong.empty() : OptionalLong.of(previous));
  }

  private static long number(Map<String, String> fields, String name) {
    return Long.parseLong(fields.getOrDefault(name, "0"));
  }

  /** The fields of the one object; nested values as empty strings. */
  private Map<String, String> object() {
    Map<String, String> fields = new HashMap<>();
    expect('{');
    boolean more = peek() != '}';
    while (more) {
      String name = string();
      expect(':');
      fields.put(name, value(0));
      more = peek() == ',';
      if (more) {
        expect(',');
      }
    }
    expect('}');
    if (peek() != 0) {
      throw unexpected();
    }
    return fields;
  }

  private String value(int depth) {
    char first = peek();
    if (first == '"') {
      return string();
    }
    if (first == '{' || first == '[') {
      if (depth == MAX_DEPTH) {
        throw unexpected();
      }
      skipNested(first == '{', depth + 1);
      return "";
    }
    return literal();
  }

  private void skipNested(boolean isObject, int depth) {
    char end = isObject ? '}' : ']';
    at++;
    boolean more = peek() != end;
    while (more) {
      if (isObject) {
        string();
        expect(':');
      }
      value(depth);
      more = peek() == ',';
      if (more) {
        expect(',');
      }
    }
    expect(end);
  }

  /** A number, or one of the three words. */
  private String literal() {
    int from = at;
    while (at < text.length() && isLiteral(text.charAt(at))) {
      at++;
    }
    if (from == at) {
      throw unexpected();
    }
    return text.substring(from, at);
  }

  private static boolean isLiteral(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || c == 'E'
        || c == '-'
        || c == '+'
        || c == '.';
  }

  private String string() {
    expect('"');
    StringBuilder result = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      result.append(c == '\\' ? escaped() : c);
    }
    expect('"');
    return result.toString();
  }

  private char escaped() {
    char c = at < text.length() ? text.charAt(at++) : 0;
    if (c == 'u' && at + 4 <= text.length()) {
      at += 4;
      return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }
    int known = "\"\\/bfnrt".indexOf(c);
    if (known < 0) {
      throw unexpected();
    }
    return "\"\\/\b\f\n\r\t".charAt(known);
  }

  /** The next character that is no white space; 0 at the end. */
  private char peek() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw unexpected();
    }
    at++;
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("an epoch that is no JSON object, at character " + at);
  }
}
