package io.coldstream.store.s3;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpResponse;

/** A store's own time, as its answers tell it: what its times of beginning can be compared with. */
final class StoreTime {

  private StoreTime() {}

  /**
   * When an answer was given, in whole seconds.
   *
   * @param answer null where the SDK has none
   * @return the time; empty where the answer tells none, or no date
   */
  static Optional<Instant> of(SdkHttpResponse answer) {
    try {
      return Optional.ofNullable(answer)
          .flatMap(a -> a.firstMatchingHeader("Date"))
          .map(date ->
              ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
