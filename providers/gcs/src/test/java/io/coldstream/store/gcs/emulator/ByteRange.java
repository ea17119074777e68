package io.coldstream.store.gcs.emulator;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of an object that a reader wants. */
record ByteRange(long offset, long length) {

  private static final Pattern FORM = Pattern.compile("bytes=(\\d*)-(\\d*)");

  /**
   * What a Range header asks of an object of this size; nothing if the whole is to be sent.
   *
   * @throws Refusal 416 if no byte of it exists
   */
  static Optional<ByteRange> of(Request request, long size) {
    Matcher form = FORM.matcher(request.header("Range").orElse(""));
    if (!form.matches() || form.group(1).isEmpty() && form.group(2).isEmpty()) {
      return Optional.empty();
    }
    long from;
    long to = size - 1;
    if (form.group(1).isEmpty()) {
      from = Math.max(0, size - Long.parseLong(form.group(2)));
    } else {
      from = Long.parseLong(form.group(1));
      if (!form.group(2).isEmpty()) {
        to = Math.min(to, Long.parseLong(form.group(2)));
      }
    }
    if (from > to) {
      throw new Refusal(
          416, "requestedRangeNotSatisfiable", "The requested range cannot be satisfied.");
    }
    return Optional.of(new ByteRange(from, to - from + 1));
  }
}
