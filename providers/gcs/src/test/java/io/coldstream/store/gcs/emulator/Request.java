package io.coldstream.store.gcs.emulator;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/**
 * A request.
 *
 * @param method in capitals, as an override header may have changed it
 * @param path as sent, with its escapes
 * @param query decoded
 * @param headers found in any case
 * @param body can be read once
 */
public record Request(
    String method,
    String path,
    Map<String, List<String>> query,
    Headers headers,
    InputStream body) {

  static Request of(HttpExchange exchange) {
    return of(
        exchange.getRequestMethod(),
        exchange.getRequestURI(),
        exchange.getRequestHeaders(),
        exchange.getRequestBody());
  }

  static Request of(String method, URI uri, Headers headers, InputStream body) {
    // Some clients have no PATCH and send this instead.
    String override = headers.getFirst("X-HTTP-Method-Override");
    return new Request(
        override == null ? method : override,
        uri.getRawPath(),
        decoded(uri.getRawQuery()),
        headers,
        body);
  }

  Request withBody(InputStream other) {
    return new Request(method, path, query, headers, other);
  }

  /** The parts of the path between its slashes, decoded. */
  List<String> segments() {
    return Arrays.stream(path.substring(1).split("/", -1))
        .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
        .toList();
  }

  /** All values of a parameter. */
  List<String> all(String name) {
    return query.getOrDefault(name, List.of());
  }

  /** A parameter of the query, if it is there. */
  public Optional<String> query(String name) {
    return all(name).stream().findFirst();
  }

  /** A parameter that is a number. */
  OptionalLong number(String name) {
    try {
      return query(name).map(Long::parseLong).map(OptionalLong::of).orElseGet(OptionalLong::empty);
    } catch (NumberFormatException e) {
      throw new Refusal(400, "invalidParameter", "Invalid value for: " + name);
    }
  }

  /** A header's first value, if it is there. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name));
  }

  /** How many bytes the body has, as far as the sender said so and did not pack it. */
  OptionalLong length() {
    return header("Content-Encoding").isEmpty()
        ? header("Content-Length")
            .map(Long::parseLong)
            .map(OptionalLong::of)
            .orElseGet(OptionalLong::empty)
        : OptionalLong.empty();
  }

  /** The body, unpacked. */
  InputStream content() throws IOException {
    return header("Content-Encoding").filter("gzip"::equals).isPresent()
        ? new GZIPInputStream(body)
        : body;
  }

  /** Where the sender thinks that this server is. */
  String base() {
    return "http://" + header("Host").orElse("127.0.0.1");
  }

  private static Map<String, List<String>> decoded(String query) {
    Map<String, List<String>> decoded = new LinkedHashMap<>();
    if (query != null && !query.isEmpty()) {
      for (String pair : query.split("&")) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        decoded
            .computeIfAbsent(
                URLDecoder.decode(name, StandardCharsets.UTF_8), absent -> new ArrayList<>())
            .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return decoded;
  }
}
