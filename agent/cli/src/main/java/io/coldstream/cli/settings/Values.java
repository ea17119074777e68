package io.coldstream.cli.settings;

import io.coldstream.core.node.NodeAddress;
import io.coldstream.core.prune.policy.RetentionPolicy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.Quantity;
import io.coldstream.store.spi.Refusals;
import io.coldstream.store.spi.StoreProviders;
import io.coldstream.store.spi.StoreUrl;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Turns written values into checked ones. A refusal names the setting, where it was set, and the value
 * unless that may be a secret.
 */
public final class Values {

  private static final char UNREADABLE = '\uFFFD';

  /** In which Java reads arguments, variables and file names. */
  private static final String CHARSET = System.getProperty("sun.jnu.encoding");

  private static final long MIN_RATE = 1 << 10;

  private Values() {}

  static StoreUrl url(String setting, Located written, Path home) throws RunException {
    try {
      StoreUrl url = StoreUrl.parse(written.text());
      StoreProviders.forUrl(url);
      return url;
    } catch (StoreException e) {
      String why = UrlHint.of(written.text(), home)
          .map(hint -> Refusals.url(hint).getMessage())
          .orElse(e.getMessage());
      throw new RunException(Kind.USAGE, named(setting, written) + why);
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
    return Quantity.bytes(written.text())
        .orElseThrow(() -> refused(setting, written, "not a size", "for example 16MiB"));
  }

  /** Bytes, or empty for no limit. */
  static OptionalLong limit(Setting setting, Located written) throws RunException {
    if (written.text().strip().equalsIgnoreCase("unlimited")) {
      return OptionalLong.empty();
    }
    OptionalLong bytes = Quantity.bytes(written.text());
    if (bytes.isEmpty()) {
      throw refused(setting, written, "not a size", "for example 64MiB, or unlimited");
    }
    return bytes;
  }

  /** The address of a node. The value may hold a password, and is not repeated. */
  static NodeAddress node(Setting setting, Located written) throws RunException {
    try {
      return NodeAddress.parse(written.text());
    } catch (IllegalArgumentException e) {
      throw new RunException(Kind.USAGE, named(setting, written) + e.getMessage());
    }
  }

  /** Bytes in a second. A few bytes would be a mistake: no request ends at such a rate. */
  static long rate(Setting setting, Located written) throws RunException {
    String text = written.text().strip();
    long rate = Quantity.bytes(text.endsWith("/s") ? text.substring(0, text.length() - 2) : text)
        .orElseThrow(() ->
            refused(setting, written, "not a rate", "for example 20MiB, which means per second"));
    if (rate < MIN_RATE) {
      throw refused(setting, written, "below the lowest rate", "1KiB (per second) or more");
    }
    return rate;
  }

  static Duration duration(Setting setting, Located written) throws RunException {
    return Quantity.duration(written.text())
        .orElseThrow(() -> refused(setting, written, "not a duration", "for example 90s or 5m"));
  }

  /** How many backups are kept: 1 or more. */
  static int keptCount(Setting setting, Located written) throws RunException {
    String text = written.text().strip();
    if (text.equals("unlimited")) {
      return RetentionPolicy.UNLIMITED;
    }
    if (!text.matches("0*[1-9]\\d{0,8}")) {
      throw refused(
          setting,
          written,
          "not a number of backups",
          "1 or more, or unlimited; to have no such rule," + " leave the setting out");
    }
    return Integer.parseInt(text);
  }

  static RunException refused(Setting setting, Located written, String isNot, String use) {
    String value = Refusals.shown(written.text()).orElse("the value");
    return new RunException(
        Kind.USAGE, named(setting, written) + value + " is " + isNot + "; use " + use);
  }

  private static RunException refused(Setting setting, Located written, String fault) {
    return new RunException(Kind.USAGE, named(setting, written) + "the value " + fault);
  }

  private static String named(Setting setting, Located written) {
    return named(setting.key(), written);
  }

  /** The beginning of a refusal: the setting, and where it was set. */
  static String named(String setting, Located written) {
    return "setting \"" + setting + "\" (" + written.origin() + "): ";
  }
}
