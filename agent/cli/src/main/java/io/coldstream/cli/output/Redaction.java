package io.coldstream.cli.output;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Removes secrets from text before it is printed. The author of a message keeps secrets out of
 * it; this catches what a library or a pasted URL brings along all the same.
 */
public final class Redaction {

  /** What stands where something was taken out. */
  static final String HIDDEN = "...";

  private static final Pattern USER_INFO = Pattern.compile("(?<=://)(?!\\*\\*\\*@)[^/?#@\\s]*@");
  private static final Pattern QUERY = Pattern.compile("(://[^?\\s\"']*\\?)[^\\s\"']*");
  private static final Pattern NAMED = Pattern.compile(
      "(?i)([\\w-]*(?:sig|signature|password|passwd|secret|token|accountkey|access[-_]?key|accesskeyid"
          + "|credential)[\\w-]*\\s*=\\s*)[^\\s&,;\"']+");

  private Redaction() {}

  /**
   * Takes out of a text what looks like a secret: user info and query of a URL, and the value behind
   * a name such as {@code sig=}.
   *
   * @param text any text
   * @return the text, fit for a screen
   */
  public static String of(String text) {
    String shown = USER_INFO.matcher(text).replaceAll(HIDDEN + "@");
    shown = QUERY.matcher(shown).replaceAll("$1" + HIDDEN);
    return NAMED.matcher(shown).replaceAll("$1" + HIDDEN);
  }

  /**
   * Removes from a message the arguments that may be values.
   *
   * @param message what a parser says of the arguments
   * @param arguments what was typed
   * @param names the words that may stay: options and commands
   * @return the message, fit for a screen
   */
  public static String of(String message, List<String> arguments, List<String> names) {
    String shown = message;
    for (String argument : arguments) {
      int equals = argument.startsWith("-") ? argument.indexOf('=') : -1;
      String value = equals < 0 ? argument : argument.substring(equals + 1);
      boolean option = equals < 0 && argument.startsWith("-");
      if (!option && !names.contains(value) && value.length() >= 4) {
        shown = shown.replace(value, HIDDEN);
      }
    }
    return of(shown);
  }
}
