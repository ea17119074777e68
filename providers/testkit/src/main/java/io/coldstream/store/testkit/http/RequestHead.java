package io.coldstream.store.testkit.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What stands before the body of a request.
 *
 * @param raw its bytes, the empty line included
 * @param line its first line
 * @param bodyBytes the length of the body that follows, unless that comes in chunks
 * @param chunked whether it does
 * @param expects whether the client waits for a 100 (Continue) before it sends the body
 */
record RequestHead(byte[] raw, String line, long bodyBytes, boolean chunked, boolean expects) {

  private static final int BUFFER_BYTES = 64 << 10;

  /** Reads the next one; empty when the client sends none any more. */
  static Optional<RequestHead> read(InputStream in) throws IOException {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    String first = line(in, raw);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    long bodyBytes = 0;
    boolean chunked = false;
    boolean expects = false;
    for (String header = line(in, raw); !header.isEmpty(); header = line(in, raw)) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        bodyBytes = Long.parseLong(lower.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
      expects |= lower.startsWith("expect:");
    }
    return Optional.of(new RequestHead(raw.toByteArray(), first, bodyBytes, chunked, expects));
  }

  boolean hasBody() {
    return chunked || bodyBytes > 0;
  }

  /**
   * Passes the body on as it comes.
   *
   * @param beforeLast is run before the last bytes go out
   * @return whether all of it came
   */
  boolean copyBody(InputStream in, OutputStream out, Runnable beforeLast) throws IOException {
    return chunked ? copyChunks(in, out, beforeLast) : copy(in, out, bodyBytes, beforeLast);
  }

  private static boolean copyChunks(InputStream in, OutputStream out, Runnable beforeLast)
      throws IOException {
    while (true) {
      ByteArrayOutputStream raw = new ByteArrayOutputStream();
      String size = line(in, raw).replaceAll(";.*", "").strip();
      if (size.isEmpty()) {
        return false;
      }
      long bytes = Long.parseLong(size, 16);
      if (bytes == 0) {
        String trailer = line(in, raw);
        while (!trailer.isEmpty()) {
          trailer = line(in, raw);
        }
        beforeLast.run();
        out.write(raw.toByteArray());
        return true;
      }
      out.write(raw.toByteArray());
      if (!copy(in, out, bytes + 2, () -> {})) {
        return false;
      }
    }
  }

  private static boolean copy(InputStream in, OutputStream out, long bytes, Runnable beforeLast)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = bytes;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        return false;
      }
      left -= read;
      if (left == 0) {
        beforeLast.run();
      }
      out.write(buffer, 0, read);
    }
    return true;
  }

  private static String line(InputStream in, ByteArrayOutputStream raw) throws IOException {
    int from = raw.size();
    int b = in.read();
    while (b >= 0 && b != '\n') {
      raw.write(b);
      b = in.read();
    }
    if (b >= 0) {
      raw.write(b);
    }
    byte[] all = raw.toByteArray();
    return new String(Arrays.copyOfRange(all, from, all.length), StandardCharsets.ISO_8859_1)
        .strip();
  }
}
