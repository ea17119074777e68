package io.coldstream.store.cloud;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Date}: a store's own time. */
public final class DateHeader {

  private DateHeader() {}

  /**
   * When an answer was given, in whole seconds.
   *
   * @param date the header
   * @return the time; empty where there is no header, or no date in it
   */
  public static Optional<Instant> time(Optional<String> date) {
    try {
      return date.map(text ->
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
