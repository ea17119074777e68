package io.coldstream.cli.output;

import java.util.HexFormat;

/**
 * Escapes control and invisible characters in a line. What a terminal would obey or hide is shown
 * as the escape that JSON has for it: control characters (line feeds too), marks that change the
 * direction of text, invisible characters, separators of lines and halves of characters.
 */
final class Printable {

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Printable() {}

  /**
   * A text as one line.
   *
   * @param text any text
   * @return the text with escapes such as {@code \n} and {@code \u001b}; the same when it is given
   *     that
   */
  static String line(String text) {
    if (text.codePoints().allMatch(Printable::isSafe)) {
      return text;
    }
    StringBuilder line = new StringBuilder();
    text.codePoints().forEach(c -> {
      if (isSafe(c)) {
        line.appendCodePoint(c);
      } else {
        escape(c, line);
      }
    });
    return line.toString();
  }

  private static boolean isSafe(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE -> false;
      // These two join emoji and letters of some scripts.
      case Character.FORMAT -> character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
      default -> true;
    };
  }

  private static void escape(int character, StringBuilder to) {
    switch (character) {
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\t' -> to.append("\\t");
      default -> {
        for (char unit : Character.toChars(character)) {
          to.append("\\u").append(HexFormat.of().toHexDigits(unit));
        }
      }
    }
  }
}
