package io.coldstream.store.gcs;

import com.google.api.client.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the headers of an answer say. */
final class AnswerHeaders {

  private static final Pattern CRC32C = Pattern.compile("crc32c=([A-Za-z0-9+/]{6}==)");
  private static final Pattern PERSISTED = Pattern.compile("(?:bytes=)?0-(\\d{1,18})");

  private AnswerHeaders() {}

  /** A header's first value. */
  static Optional<String> first(HttpResponse answer, String name) {
    return Optional.ofNullable(answer.getHeaders().getFirstHeaderStringValue(name));
  }

  /** A header that is a number; empty when it is none. */
  static Optional<Long> number(HttpResponse answer, String name) {
    return first(answer, name).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
  }

  /** The checksum of the whole object; it may come with others, in one header or in several. */
  static Optional<String> crc32c(HttpResponse answer) {
    List<String> all = answer.getHeaders().getHeaderStringValues("x-goog-hash");
    Matcher found = CRC32C.matcher(String.join(",", all));
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** How many bytes of an upload the store has. */
  static long persistedBytes(HttpResponse answer) {
    Matcher found = PERSISTED.matcher(first(answer, "Range").orElse(""));
    return found.matches() ? Long.parseLong(found.group(1)) + 1 : 0;
  }
}
