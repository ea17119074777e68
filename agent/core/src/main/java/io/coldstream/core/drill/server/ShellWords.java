package io.coldstream.core.drill.server;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words by the quoting rules of a POSIX shell. What a shell would do beside that
 * is refused, so that no line means something else here.
 */
final class ShellWords {

  private static final String OPERATORS = "|&;<>()`$";
  private static final String ESCAPED_IN_QUOTES = "\"\\$`";

  private final String line;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean begun;
  private int at;

  private ShellWords(String line) {
    this.line = line;
  }

  /**
   * Splits a line.
   *
   * @return its words
   * @throws IllegalArgumentException when a quote is open, or the line needs a shell
   */
  static List<String> split(String line) {
    return new ShellWords(line).split();
  }

  private List<String> split() {
    for (at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      if (Character.isWhitespace(c)) {
        end();
      } else if (c == '\'') {
        singleQuoted();
      } else if (c == '"') {
        doubleQuoted();
      } else if (c == '\\') {
        add(escaped());
      } else {
        requireNoShell(c);
        add(c);
      }
    }
    end();
    return words;
  }

  private void singleQuoted() {
    begun = true;
    int close = line.indexOf('\'', at + 1);
    if (close < 0) {
      throw new IllegalArgumentException("has an open ' quote");
    }
    word.append(line, at + 1, close);
    at = close;
  }

  private void doubleQuoted() {
    begun = true;
    for (at++; at < line.length() && line.charAt(at) != '"'; at++) {
      char c = line.charAt(at);
      boolean escape = c == '\\'
          && at + 1 < line.length()
          && ESCAPED_IN_QUOTES.indexOf(line.charAt(at + 1)) >= 0;
      if (escape) {
        add(escaped());
      } else {
        if (c == '$' || c == '`') {
          requireNoShell(c);
        }
        add(c);
      }
    }
    if (at >= line.length()) {
      throw new IllegalArgumentException("has an open \" quote");
    }
  }

  private char escaped() {
    at++;
    if (at >= line.length()) {
      throw new IllegalArgumentException("ends with \\");
    }
    return line.charAt(at);
  }

  private void add(char c) {
    begun = true;
    word.append(c);
  }

  private void end() {
    if (begun) {
      words.add(word.toString());
      word.setLength(0);
      begun = false;
    }
  }

  private static void requireNoShell(char c) {
    if (OPERATORS.indexOf(c) >= 0) {
      throw new IllegalArgumentException(
          "has " + c + " outside of quotes, but no shell runs it; quote it, or give sh -c '...'");
    }
  }
}
