package io.coldstream.store.gcs.emulator;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bodies of several parts. Lines may end with or without a carriage return, and the mark may stand
 * in quotes of either kind: clients do it all.
 */
final class Multipart {

  private static final Pattern BOUNDARY = Pattern.compile("boundary=([\"']?)(.+?)\\1\\s*(?:;|$)");
  private static final Pattern BLANK_LINE = Pattern.compile("\r?\n\r?\n|\\A\r?\n");

  private Multipart() {}

  /**
   * A part.
   *
   * @param content what follows its headers
   */
  record Part(Headers headers, byte[] content) {}

  /** The parts of the body of this request, which is read whole. */
  static List<Part> parts(Request request, byte[] body) {
    Matcher boundary = BOUNDARY.matcher(request.header("Content-Type").orElse(""));
    if (!boundary.find()) {
      throw Refusal.invalid("Missing multipart boundary.");
    }
    String mark = boundary.group(2);
    // One char for each byte.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    Matcher line = Pattern.compile(
            "(?:\\A|\r?\n)--" + Pattern.quote(mark) + "(?:--)?[ \t]*(?:\r?\n|\\z)")
        .matcher(text);
    List<Part> parts = new ArrayList<>();
    int start = -1;
    int at = 0;
    while (line.find(at)) {
      if (start >= 0) {
        parts.add(part(text, body, start, line.start()));
      }
      start = line.end();
      // The end of this line may be the beginning of the next mark's.
      at = Math.max(line.start() + 1, line.end() - 1);
    }
    return parts;
  }

  /** Headers up to a blank line, and what follows. */
  static Part part(byte[] bytes) {
    return part(new String(bytes, StandardCharsets.ISO_8859_1), bytes, 0, bytes.length);
  }

  private static Part part(String text, byte[] bytes, int start, int end) {
    Matcher blank = BLANK_LINE.matcher(text).region(start, end);
    boolean found = blank.find();
    int headersEnd = found ? blank.start() : end;
    int contentStart = found ? blank.end() : end;
    Headers headers = new Headers();
    text.substring(start, headersEnd)
        .lines()
        .filter(line -> line.indexOf(':') > 0)
        .forEach(line -> headers.add(
            line.substring(0, line.indexOf(':')).strip(),
            line.substring(line.indexOf(':') + 1).strip()));
    return new Part(headers, Arrays.copyOfRange(bytes, contentStart, end));
  }
}
