package io.coldstream.store.testkit.http;

import java.nio.charset.StandardCharsets;

/**
 * What one request gets. The connection ends behind it.
 *
 * @param bytes status line, header and body, as they go out; not copied
 * @param reset whether the connection ends with a reset instead of cleanly
 * @param silent whether nothing is sent, and the connection left open
 */
public record Answer(byte[] bytes, boolean reset, boolean silent) {

  /**
   * A whole answer.
   *
   * @param status the HTTP status
   * @param headers further header lines, each with its line end
   * @param body the body
   * @return the answer
   */
  public static Answer of(int status, String headers, String body) {
    return cut(status, headers, body, body.getBytes(StandardCharsets.UTF_8).length);
  }

  /**
   * Announces a length, and sends a body that may be shorter.
   *
   * @param status the HTTP status
   * @param headers further header lines, each with its line end
   * @param body what is sent of the body
   * @param announced the length that the header tells
   * @return the answer
   */
  public static Answer cut(int status, String headers, String body, long announced) {
    String text = "HTTP/1.1 " + status + " X\r\nContent-Length: " + announced
        + "\r\nConnection: close\r\n" + headers + "\r\n" + body;
    return new Answer(text.getBytes(StandardCharsets.UTF_8), false, false);
  }

  /**
   * A connection that is reset before any byte of an answer.
   *
   * @return the answer
   */
  public static Answer drop() {
    return new Answer(new byte[0], true, false);
  }

  /**
   * Nothing, until the client goes away.
   *
   * @return the answer
   */
  public static Answer silence() {
    return new Answer(new byte[0], false, true);
  }

  /**
   * The same bytes, and a reset.
   *
   * @return the answer
   */
  public Answer thenReset() {
    return new Answer(bytes, true, silent);
  }
}
