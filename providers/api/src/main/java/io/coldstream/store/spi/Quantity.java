package io.coldstream.store.spi;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sizes and durations that a person writes: a whole number and a unit. A blank may precede the
 * unit, and its case has no meaning. The grammar of all settings, see {@code configuration.md}.
 */
public final class Quantity {

  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,15})\\s*([A-Za-z]*)");

  /** More than a century; in nanoseconds it still fits a {@code long}. */
  private static final Duration MAX_DURATION = Duration.ofHours(999_999);

  private Quantity() {}

  /**
   * Reads a size.
   *
   * @param text such as {@code 16MiB}, {@code 16m} or {@code 1048576}; units are powers of 1024
   * @return bytes, 0 or more; empty when it is not a size
   */
  public static OptionalLong bytes(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip());
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    int shift = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
      case "", "b" -> 0;
      case "k", "kib" -> 10;
      case "m", "mib" -> 20;
      case "g", "gib" -> 30;
      case "t", "tib" -> 40;
      default -> -1;
    };
    long number = Long.parseLong(matcher.group(1));
    return shift < 0 || number > Long.MAX_VALUE >> shift
        ? OptionalLong.empty()
        : OptionalLong.of(number << shift);
  }

  /**
   * Reads a duration.
   *
   * @param text such as {@code 90s}, {@code 5m} or {@code 30d}
   * @return more than zero, and at most 999,999 hours; empty when it is not such a duration
   */
  public static Optional<Duration> duration(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Duration unit = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m", "min" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      default -> Duration.ZERO;
    };
    return Optional.of(unit.multipliedBy(Long.parseLong(matcher.group(1))))
        .filter(d -> !d.isZero() && d.compareTo(MAX_DURATION) <= 0);
  }
}
