package io.coldstream.cli.output;

import io.coldstream.core.repository.manifest.Positions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Formats values for people and programs, the same in every locale. */
public final class Formats {

  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
          "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
      .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern(
          "yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'", Locale.ROOT)
      .withZone(ZoneOffset.UTC);

  private Formats() {}

  /**
   * A size.
   *
   * @param bytes 0 or more
   * @return {@code 512 bytes}, {@code 1.5 MiB}
   */
  public static String size(long bytes) {
    if (bytes < 1024) {
      return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 1023.95 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  /**
   * How long something took.
   *
   * @param duration 0 or more
   * @return {@code 0.4 s}, {@code 42 s}, {@code 3 min 20 s}, {@code 2 h 5 min}
   */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds(duration));
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }

  /**
   * How long something took, for programs.
   *
   * @param duration 0 or more
   * @return seconds, with three decimals at most
   */
  public static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /**
   * The name of a constant.
   *
   * @param value the constant
   * @return its name as a program reads it, such as {@code already-done}
   */
  public static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * A time.
   *
   * @param time when
   * @return to the second, in UTC
   */
  public static String time(Instant time) {
    return TIME.format(time);
  }

  /**
   * A time with all that a record holds of it, which can be given back to {@code --at}.
   *
   * @param time when
   * @return to a ten-millionth of a second, without blanks
   */
  public static String exact(Instant time) {
    return EXACT.format(time);
  }

  /**
   * A time that can be given back to {@code --at}.
   *
   * @param time when
   * @return to the second, without blanks
   */
  public static String option(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /**
   * How old something is. A time in the future, by another machine's clock, is as good as now.
   *
   * @param age since when
   * @return {@code less than a minute}, {@code 5 minutes}, {@code 30 hours}, {@code 3 days}
   */
  public static String age(Duration age) {
    if (age.toMinutes() < 1) {
      return "less than a minute";
    }
    if (age.toHours() < 1) {
      return count(age.toMinutes(), "minute");
    }
    return age.toHours() < 48 ? count(age.toHours(), "hour") : count(age.toDays(), "day");
  }

  /**
   * A number of things.
   *
   * @param number how many
   * @param one what one is called; more get an s
   * @return {@code 1 file}, {@code 1,234 files}
   */
  public static String count(long number, String one) {
    return String.format(Locale.ROOT, "%,d %s%s", number, one, number == 1 ? "" : "s");
  }

  /**
   * A position in the log.
   *
   * @param position bytes from the log's beginning
   * @return with separators
   */
  public static String position(long position) {
    return Positions.text(position);
  }
}
