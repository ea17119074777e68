package io.coldstream.cli.settings;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.StoreUrl;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns written values into checked ones. A refusal names the setting and where it was set. It repeats
 * the value only if that is too short or too regular to be a secret pasted in the wrong place.
 */
public final class Values {

  private static final char UNREADABLE = '\uFFFD';

  /** In which Java reads arguments, variables and file names. */
  private static final String CHARSET = System.getProperty("sun.jnu.encoding");

  private static final long MIN_RATE = 1 << 10;
  private static final Pattern DURATION =
      Pattern.compile("(\\d{1,6})\\s*(ms|s|m|min|h)", Pattern.CASE_INSENSITIVE);
  /** A short word, or a number with a unit. */
  private static final Pattern HARMLESS = Pattern.compile(
      "[A-Za-z]{1,5}|[\\d.,]{1,15} ?[A-Za-z]{0,5}(/[a-z])?|(\\d{1,4} ?[a-z]{1,3} ?){1,3}");

  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*([A-Za-z]*)");

  private Values() {}

  static StoreUrl url(Setting setting, Located written) throws RunException {
    try {
      return StoreUrl.parse(written.text());
    } catch (StoreException e) {
      throw new RunException(Kind.USAGE, named(setting, written) + e.getMessage());
    }
  }

  static Path path(Setting setting, Located written) throws RunException {
    try {
      return path(written.text());
    } catch (IllegalArgumentException e) {
      throw refused(setting, written, e.getMessage());
    }
  }

  /** The path of a folder, which need not exist. */
  static Path folder(Setting setting, Located written) throws RunException {
    Path path = path(setting, written);
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new RunException(
          Kind.USAGE,
          named(setting, written) + path + " is not a folder; give a folder, which need not exist");
    }
    return path;
  }

  static String text(Setting setting, Located written) throws RunException {
    try {
      return text(written.text());
    } catch (IllegalArgumentException e) {
      throw refused(setting, written, e.getMessage());
    }
  }

  /**
   * Reads a path.
   *
   * @param text absolute, or relative to the current directory
   * @return the absolute path
   * @throws IllegalArgumentException when this process cannot name it; the message says why and what
   *     to do, and follows what the text is of
   */
  public static Path path(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("is empty; give a path");
    }
    Path path;
    try {
      path = Path.of(text(text));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "cannot be a file name in " + CHARSET + ", the character set of this locale ("
              + e.getReason() + "); set LC_ALL to a UTF-8 locale such as C.UTF-8",
          e);
    }
    if (!path.isAbsolute() && System.getProperty("user.dir").indexOf(UNREADABLE) >= 0) {
      throw new IllegalArgumentException("is relative to a directory whose name is not text in "
          + CHARSET + ", the character set of this locale; give the absolute path");
    }
    return path.toAbsolutePath().normalize();
  }

  /**
   * Checks that a text was read as it was written. Java replaces bytes that are no text; the result
   * names another file, and a label would be stored altered.
   *
   * @param text as Java gives it
   * @return the same
   * @throws IllegalArgumentException when something was replaced; the message says what to do, and
   *     follows what the text is of
   */
  public static String text(String text) {
    if (text.indexOf(UNREADABLE) >= 0) {
      throw new IllegalArgumentException("contains U+FFFD, by which Java replaces bytes that are"
          + " not text in " + CHARSET + ", the character set of this locale; write it in that"
          + " character set"
          + " (rename the file or folder, or make a symbolic link to it), or set LC_ALL to the"
          + " locale in which it was written");
    }
    return text;
  }

  static boolean flag(Setting setting, Located written) throws RunException {
    return switch (written.text()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refused(setting, written, "not true or false", "true or false");
    };
  }

  static boolean isTruncate(Setting setting, Located written) throws RunException {
    return switch (written.text()) {
      case "direct" -> false;
      case "truncate" -> true;
      default -> throw refused(setting, written, "not a checkpoint mode", "direct or truncate");
    };
  }

  static long bytes(Setting setting, Located written) throws RunException {
    try {
      return bytes(written.text());
    } catch (IllegalArgumentException e) {
      throw refused(setting, written, "not a size", "for example 16MiB");
    }
  }

  /** Bytes in a second. A few bytes would be a mistake: no request ends at such a rate. */
  static long rate(Setting setting, Located written) throws RunException {
    String text = written.text().strip();
    try {
      long rate = bytes(text.endsWith("/s") ? text.substring(0, text.length() - 2) : text);
      if (rate >= MIN_RATE) {
        return rate;
      }
    } catch (IllegalArgumentException e) {
      throw refused(setting, written, "not a rate", "for example 20MiB, which means per second");
    }
    throw refused(setting, written, "below the lowest rate", "1KiB (per second) or more");
  }

  static Duration duration(Setting setting, Located written) throws RunException {
    Matcher matcher = DURATION.matcher(written.text().strip());
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw refused(setting, written, "not a duration", "for example 90s or 5m");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m", "min" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  /** A number and a unit: {@code 16MiB}, {@code 16m}, {@code 1048576}; units are powers of 1024. */
  private static long bytes(String text) {
    Matcher matcher = SIZE.matcher(text.strip());
    int shift = matcher.matches()
        ? switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "", "b" -> 0;
          case "k", "kib" -> 10;
          case "m", "mib" -> 20;
          case "g", "gib" -> 30;
          case "t", "tib" -> 40;
          default -> -1;
        }
        : -1;
    if (shift < 0 || Long.parseLong(matcher.group(1)) > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException("not a size");
    }
    return Long.parseLong(matcher.group(1)) << shift;
  }

  private static RunException refused(Setting setting, Located written, String isNot, String use) {
    String value =
        HARMLESS.matcher(written.text()).matches() ? '"' + written.text() + '"' : "the value";
    return new RunException(
        Kind.USAGE, named(setting, written) + value + " is " + isNot + "; use " + use);
  }

  private static RunException refused(Setting setting, Located written, String fault) {
    return new RunException(Kind.USAGE, named(setting, written) + "the value " + fault);
  }

  private static String named(Setting setting, Located written) {
    return "setting \"" + setting.key() + "\" (" + written.origin() + "): ";
  }
}
