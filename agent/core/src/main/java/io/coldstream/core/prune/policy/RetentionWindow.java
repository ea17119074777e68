package io.coldstream.core.prune.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time by the calendar, written as in restic: {@code 2y5m7d3h}. Here {@code m} is a month.
 *
 * @param years 0 or more
 * @param months 0 or more
 * @param days 0 or more
 * @param hours 0 or more; not all are 0
 */
public record RetentionWindow(int years, int months, int days, int hours) {

  private static final Pattern PARTS = Pattern.compile("(\\d{1,5})([ymdh])");
  private static final Pattern WHOLE = Pattern.compile("(\\d{1,5}[ymdh])+");
  private static final String UNITS = "ymdh";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is negative, or all are 0
   */
  public RetentionWindow {
    if (Math.min(Math.min(years, months), Math.min(days, hours)) < 0
        || years + months + days + hours == 0) {
      throw new IllegalArgumentException("a window of no time");
    }
  }

  /**
   * Parses a window.
   *
   * @param text numbers, each with a unit: y, m, d or h, each at most once
   * @return the window; empty when the text is not one, or is no time at all
   */
  public static Optional<RetentionWindow> parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    int[] parts = new int[UNITS.length()];
    Matcher part = PARTS.matcher(text);
    StringBuilder seen = new StringBuilder();
    while (part.find()) {
      if (seen.indexOf(part.group(2)) >= 0) {
        return Optional.empty();
      }
      seen.append(part.group(2));
      parts[UNITS.indexOf(part.group(2))] = Integer.parseInt(part.group(1));
    }
    return parts[0] + parts[1] + parts[2] + parts[3] == 0
        ? Optional.empty()
        : Optional.of(new RetentionWindow(parts[0], parts[1], parts[2], parts[3]));
  }

  /**
   * Where the window begins that ends at a time. A day that the month does not have counts on into the
   * next month, as in restic: a month before the 31st of March is the 3rd of March.
   *
   * @param end its end
   * @return its beginning
   */
  Instant before(Instant end) {
    ZonedDateTime utc = end.atZone(ZoneOffset.UTC);
    return YearMonth.from(utc)
        .minusMonths(12L * years + months)
        .atDay(1)
        .plusDays(utc.getDayOfMonth() - 1L - days)
        .atTime(utc.toLocalTime())
        .toInstant(ZoneOffset.UTC)
        .minus(Duration.ofHours(hours));
  }

  @Override
  public String toString() {
    return part(years, 'y') + part(months, 'm') + part(days, 'd') + part(hours, 'h');
  }

  private static String part(int number, char unit) {
    return number == 0 ? "" : number + String.valueOf(unit);
  }
}
