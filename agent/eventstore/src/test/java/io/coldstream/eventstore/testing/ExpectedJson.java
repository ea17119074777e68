package io.coldstream.eventstore.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON that we wrote ourselves: objects as maps, arrays as lists, whole numbers as Long, then
 * String, Boolean and null. Stops at what it does not know; never for foreign input.
 */
final class ExpectedJson {

  private final String text;
  private int at;

  private ExpectedJson(String text) {
    this.text = text;
  }

  static Object parse(String text) {
    ExpectedJson json = new ExpectedJson(text);
    Object value = json.value();
    json.skipSpace();
    if (json.at != text.length()) {
      throw json.unexpected();
    }
    return value;
  }

  private Object value() {
    skipSpace();
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    take('{');
    while (!next('}')) {
      if (!object.isEmpty()) {
        take(',');
      }
      skipSpace();
      String name = string();
      take(':');
      object.put(name, value());
    }
    take('}');
    return object;
  }

  private List<Object> array() {
    List<Object> array = new ArrayList<>();
    take('[');
    while (!next(']')) {
      if (!array.isEmpty()) {
        take(',');
      }
      array.add(value());
    }
    take(']');
    return array;
  }

  private String string() {
    int end = text.indexOf('"', at + 1);
    String string = text.substring(at + 1, end);
    if (text.charAt(at) != '"') {
      throw unexpected();
    }
    if (string.indexOf('\\') >= 0) {
      throw unexpected();
    }
    at = end + 1;
    return string;
  }

  private Long number() {
    int from = at;
    while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return Long.valueOf(text.substring(from, at));
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw unexpected();
    }
    at += word.length();
    return value;
  }

  private void take(char c) {
    if (!next(c)) {
      throw unexpected();
    }
    at++;
  }

  private boolean next(char c) {
    skipSpace();
    return text.charAt(at) == c;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("not read here, at character " + at);
  }
}
