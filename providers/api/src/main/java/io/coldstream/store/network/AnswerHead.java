package io.coldstream.store.network;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is looked at of an answer before its body is read.
 *
 * @param status the HTTP status
 * @param header finds the value of a header
 * @param sentBytes how long the request's body was, where that was known
 */
public record AnswerHead(
    int status, Function<String, Optional<String>> header, OptionalLong sentBytes) {

  /** Whether it is a page for people under the status of a success. */
  boolean isPage() {
    boolean empty =
        status == 204 || header.apply("Content-Length").filter("0"::equals).isPresent();
    return status >= 200 && status < 300 && !empty && isHtml();
  }

  private boolean isHtml() {
    return header
        .apply("Content-Type")
        .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
        .isPresent();
  }

  /**
   * Whether a server that expects TLS answers so to a request without: those written in Go with a
   * status line and nothing else, others with a page.
   */
  boolean isOfTlsServer() {
    boolean bare = Stream.of("Content-Type", "Content-Length", "Transfer-Encoding", "Date")
        .allMatch(name -> header.apply(name).isEmpty());
    return status == 400 && (bare || isHtml());
  }

  /** Whether it sends us to another place; S3 names a region instead, which is worth more. */
  boolean isRedirect() {
    return status >= 301 && status <= 308 && header.apply("x-amz-bucket-region").isEmpty();
  }

  Optional<String> location() {
    return header.apply("Location");
  }
}
