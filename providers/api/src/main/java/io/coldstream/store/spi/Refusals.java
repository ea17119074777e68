package io.coldstream.store.spi;

import io.coldstream.store.Names;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a value that a person wrote is refused: by its place. The value itself is repeated only if it
 * is too short or too regular to be a secret pasted in the wrong place.
 */
public final class Refusals {

  /** A short word, or a number with a unit. */
  private static final Pattern HARMLESS = Pattern.compile(
      "[A-Za-z]{1,5}|[\\d.,]{1,15} ?[A-Za-z]{0,5}(/[a-z])?|(\\d{1,4} ?[a-z]{1,3} ?){1,3}");

  private static final String URL = "repository URL: ";

  private Refusals() {}

  /**
   * A refused value, as a message shows it.
   *
   * @param value as written
   * @return the value in quotes, or empty when it may be a secret
   */
  public static Optional<String> shown(String value) {
    return Optional.of(value).filter(v -> HARMLESS.matcher(v).matches()).map(v -> '"' + v + '"');
  }

  /** What follows what a value must be: what it is instead, if that may be shown. */
  static String not(String value) {
    return shown(value).map(v -> ", not " + v).orElse("");
  }

  /**
   * Refuses a setting.
   *
   * @param name its name
   * @param why what it must be, as the rest of the sentence
   * @return what to throw, {@link Kind#REJECTED}
   */
  public static StoreException setting(String name, String why) {
    return new StoreException(Kind.REJECTED, "setting " + Names.quoted(name) + " " + why, null);
  }

  /**
   * Refuses the URL of a repository.
   *
   * @param why what is wrong with it
   * @return what to throw, {@link Kind#REJECTED}
   */
  public static StoreException url(String why) {
    return new StoreException(Kind.REJECTED, URL + why, null);
  }

  /**
   * Whether a refusal is of the URL itself.
   *
   * @param refusal what was thrown
   * @return true for one that {@link #url} made
   */
  public static boolean isOfUrl(StoreException refusal) {
    return refusal.getMessage().startsWith(URL);
  }
}
