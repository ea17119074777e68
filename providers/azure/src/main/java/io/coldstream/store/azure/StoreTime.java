package io.coldstream.store.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.PagedResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The service's own time, as its answers tell it: what its times of change can be compared with. */
final class StoreTime {

  private StoreTime() {}

  /** When an answer was given, in whole seconds; empty where it tells none, or no date. */
  static Optional<Instant> of(PagedResponse<?> answer) {
    try {
      return Optional.ofNullable(answer.getHeaders().getValue(HttpHeaderName.DATE))
          .map(date ->
              ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
