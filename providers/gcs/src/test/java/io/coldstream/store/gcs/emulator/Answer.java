package io.coldstream.store.gcs.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * An answer.
 *
 * @param status of HTTP
 * @param headers without those that the body brings
 * @param body sent when the headers are out
 */
public record Answer(int status, Map<String, String> headers, Body body) {

  /** What follows the headers. */
  public interface Body {

    /** How many bytes are promised; nothing if the body is sent in pieces until it ends. */
    OptionalLong length();

    /** Writes them; {@link Dropped} ends the connection there. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Copies the headers. */
  public Answer {
    headers = Map.copyOf(headers);
  }

  /** Without a body. */
  public static Answer empty(int status) {
    return new Answer(status, Map.of(), body(new byte[0]));
  }

  /** With a line of text. */
  public static Answer text(int status, String text) {
    return bytes(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  static Answer json(int status, JsonNode json) {
    return bytes(status, "application/json; charset=UTF-8", Json.bytes(json));
  }

  /** With a body of any type. */
  public static Answer bytes(int status, String type, byte[] bytes) {
    return new Answer(status, Map.of("Content-Type", type), body(bytes));
  }

  /** An error in the service's own form. */
  public static Answer error(int status, String reason, String message) {
    ObjectNode json = Json.object();
    ObjectNode error = json.putObject("error").put("code", status).put("message", message);
    error
        .putArray("errors")
        .addObject()
        .put("message", message)
        .put("domain", "global")
        .put("reason", reason);
    return json(status, json);
  }

  static Answer of(Refusal refusal) {
    if (refusal.status() == 304) {
      return empty(304);
    }
    return refusal.isPlain()
        ? text(refusal.status(), refusal.getMessage())
        : error(refusal.status(), refusal.reason(), refusal.getMessage());
  }

  /** With one more header. */
  public Answer with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }

  Answer withBody(Body other) {
    return new Answer(status, headers, other);
  }

  private static Body body(byte[] bytes) {
    return new Body() {
      @Override
      public OptionalLong length() {
        return OptionalLong.of(bytes.length);
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
      }
    };
  }
}
