package io.coldstream.cli.output;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A command that is printed for people to paste into a POSIX shell. Its text is one line without
 * control characters, and the shell makes of it exactly these words.
 *
 * @param words the program and its arguments
 */
public record ShellCommand(List<String> words) {

  /** Before a command that stands on a line of its own; such a line is never wrapped. */
  private static final String INDENT = "        ";

  public ShellCommand {
    words = List.copyOf(words);
  }

  /** {@return the command on a line of its own, as a report shows it} */
  public String line() {
    return INDENT + this;
  }

  /** {@return the command as a shell reads it} */
  @JsonValue
  @Override
  public String toString() {
    return words.stream().map(ShellCommand::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    if (word.matches("[A-Za-z0-9_@%+=:,./-]+")) {
      return word;
    }
    return word.chars().anyMatch(Character::isISOControl) ? printed(word) : singleQuoted(word);
  }

  private static String singleQuoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** A word with a line's end or another control character, which {@code printf} writes. */
  private static String printed(String word) {
    StringBuilder format = new StringBuilder();
    word.codePoints().forEach(c -> {
      String one = Character.toString(c);
      if (Character.isISOControl(c)) {
        for (byte octet : one.getBytes(StandardCharsets.UTF_8)) {
          format.append(String.format(Locale.ROOT, "\\%03o", octet & 0xff));
        }
      } else {
        format.append(one.equals("\\") || one.equals("%") ? one + one : one);
      }
    });
    return "\"$(printf " + singleQuoted(format.toString()) + ")\"";
  }

  /** Whether a line is that of a command, by its indentation: a table's begin with a number there. */
  static boolean isLine(String text) {
    return text.startsWith(INDENT)
        && text.length() > INDENT.length()
        && Character.isLetter(text.charAt(INDENT.length()));
  }
}
