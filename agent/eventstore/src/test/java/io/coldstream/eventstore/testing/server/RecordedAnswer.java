package io.coldstream.eventstore.testing.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a real node answered to a request.
 *
 * @param status the HTTP status
 * @param type the content type; empty when there was none
 * @param body the content
 */
public record RecordedAnswer(int status, String type, String body) {

  /** The servers whose answers were recorded. */
  public static final List<String> SERVERS =
      List.of("eventstoredb-23.10", "eventstoredb-24.10", "kurrentdb-26.1");

  /**
   * A JSON document.
   *
   * @param status the HTTP status
   * @param body the document
   * @return the answer
   */
  public static RecordedAnswer json(int status, String body) {
    return new RecordedAnswer(status, "application/json; charset=utf-8", body);
  }

  /**
   * An answer without a content.
   *
   * @param status the HTTP status
   * @return the answer
   */
  public static RecordedAnswer empty(int status) {
    return new RecordedAnswer(status, "", "");
  }

  /**
   * The answers of a server. A file has three lines for each: the request, status and type, the body.
   *
   * @param server one of {@link #SERVERS}
   * @return the first answer to each request, such as {@code GET /info}
   */
  public static Map<String, RecordedAnswer> of(String server) {
    Map<String, RecordedAnswer> answers = new LinkedHashMap<>();
    List<String> lines;
    try (InputStream in =
        RecordedAnswer.class.getResourceAsStream("/fixtures/http/" + server + ".txt")) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int i = 0; i + 2 < lines.size(); i += 3) {
      String[] head = lines.get(i + 1).split(" ", 2);
      answers.putIfAbsent(
          lines.get(i), new RecordedAnswer(Integer.parseInt(head[0]), head[1], lines.get(i + 2)));
    }
    return answers;
  }
}
