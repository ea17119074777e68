package io.coldstream.store.gcs.emulator;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request of an upload says about its body.
 *
 * @param first offset of its first byte
 * @param end offset after its last one
 */
record ContentRange(long first, long end, OptionalLong total) {

  private static final Pattern FORM = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(?:(\\d+)|\\*)");

  /** No body: a question, or with a total the word that all has been sent. */
  boolean isEmpty() {
    return first == end;
  }

  /** The body is said to reach to the object's end. */
  boolean isLast() {
    return total.isPresent() && total.getAsLong() == end;
  }

  /** Without the header the body is the whole object. */
  static ContentRange of(Request request) {
    Optional<String> header = request.header("Content-Range");
    if (header.isEmpty()) {
      long length = request
          .length()
          .orElseThrow(() -> Refusal.plain(411, "Content-Length or Content-Range is required."));
      return new ContentRange(0, length, OptionalLong.of(length));
    }
    Matcher form = FORM.matcher(header.get());
    if (!form.matches()) {
      throw malformed();
    }
    OptionalLong total = form.group(3) == null
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(form.group(3)));
    if (form.group(1) == null) {
      return new ContentRange(0, 0, total);
    }
    ContentRange range =
        new ContentRange(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)) + 1, total);
    if (range.first >= range.end || total.isPresent() && total.getAsLong() < range.end) {
      throw malformed();
    }
    request.length().ifPresent(range::checkLength);
    range.checkUnits();
    return range;
  }

  private void checkLength(long sent) {
    if (sent != end - first) {
      throw Refusal.plain(
          400,
          "Invalid request. There were " + sent + " byte(s) in the request body. There should have"
              + " been " + (end - first) + " byte(s) (starting at offset " + first
              + " and ending at offset " + (end - 1)
              + ") according to the Content-Range header.");
    }
  }

  private void checkUnits() {
    if (!isLast() && (end - first) % Bytes.BLOCK != 0) {
      throw Refusal.plain(
          400,
          "Invalid request. The number of bytes uploaded is required to be a multiple of "
              + Bytes.BLOCK + ", except for the final request. The received request contained "
              + (end - first) + " bytes.");
    }
  }

  private static Refusal malformed() {
    return Refusal.plain(400, "Failed to parse Content-Range header.");
  }
}
