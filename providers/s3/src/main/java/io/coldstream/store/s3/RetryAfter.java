package io.coldstream.store.s3;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * How long an answer asks to be left alone. It says so in seconds, or by a date, which counts from the
 * answer's own date: this machine's clock has no part in it.
 */
final class RetryAfter {

  private RetryAfter() {}

  /** Reads the header; empty when there is none, or one that cannot be read. */
  static Optional<Duration> in(AwsErrorDetails details) {
    if (details == null || details.sdkHttpResponse() == null) {
      return Optional.empty();
    }
    SdkHttpResponse answer = details.sdkHttpResponse();
    Optional<String> asked = answer.firstMatchingHeader("Retry-After");
    if (asked.isPresent() && asked.get().matches("\\d{1,6}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(asked.get())));
    }
    Optional<ZonedDateTime> until = asked.flatMap(RetryAfter::date);
    Optional<ZonedDateTime> now = answer.firstMatchingHeader("Date").flatMap(RetryAfter::date);
    if (until.isEmpty() || now.isEmpty() || until.get().isBefore(now.get())) {
      return Optional.empty();
    }
    return Optional.of(Duration.between(now.get(), until.get()));
  }

  private static Optional<ZonedDateTime> date(String header) {
    try {
      return Optional.of(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
