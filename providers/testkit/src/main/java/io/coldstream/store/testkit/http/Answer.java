package io.coldstream.store.testkit.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * What one request gets. The connection ends after it.
 *
 * @param bytes status line, header and body, as they go out; not copied
 * @param reset whether the connection ends with a reset instead of cleanly
 * @param silent whether nothing is sent, and the connection left open
 * @param slow how long is waited before each piece of the last bytes
 * @param slowBytes how many bytes that is
 * @param pieceBytes how many bytes a piece of them has
 */
public record Answer(
    byte[] bytes, boolean reset, boolean silent, Duration slow, int slowBytes, int pieceBytes) {

  private Answer(byte[] bytes, boolean reset, boolean silent) {
    this(bytes, reset, silent, Duration.ZERO, 0, 1);
  }

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

  /**
   * The same without the header that ends the connection, for a server that {@link
   * RawServer#keepConnections keeps connections}.
   *
   * @return the answer
   */
  Answer thenAnother() {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    byte[] open =
        text.replaceFirst("Connection: close\r\n", "").getBytes(StandardCharsets.ISO_8859_1);
    return new Answer(open, reset, silent, slow, slowBytes, pieceBytes);
  }

  /**
   * The same bytes, the last of them piece by piece.
   *
   * @param wait how long before each piece
   * @param lastBytes how many bytes come so
   * @param pieceBytes how many bytes a piece has
   * @return the answer
   */
  public Answer slowly(Duration wait, int lastBytes, int pieceBytes) {
    return new Answer(bytes, reset, silent, wait, lastBytes, pieceBytes);
  }

  /**
   * The same, with other bytes in front of all.
   *
   * @param text what comes first, for instance an interim answer
   * @return the answer
   */
  public Answer after(String text) {
    byte[] first = text.getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(first, first.length + bytes.length);
    System.arraycopy(bytes, 0, all, first.length, bytes.length);
    return new Answer(all, reset, silent, slow, slowBytes, pieceBytes);
  }

  /** Sends it. */
  void writeTo(OutputStream out) throws IOException {
    int atOnce = bytes.length - slowBytes;
    out.write(bytes, 0, atOnce);
    out.flush();
    for (int i = atOnce; i < bytes.length; i += pieceBytes) {
      LockSupport.parkNanos(slow.toNanos());
      out.write(bytes, i, Math.min(pieceBytes, bytes.length - i));
      out.flush();
    }
  }
}
