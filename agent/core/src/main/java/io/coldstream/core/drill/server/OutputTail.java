package io.coldstream.core.drill.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Reads what a program prints, and keeps the last lines of it, each up to a length: whatever the
 * program prints, this holds a few kilobytes. Thread-safe.
 */
final class OutputTail implements Runnable {

  static final int MAX_LINES = 20;
  static final int MAX_LINE_BYTES = 400;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final String CUT = "...";

  private final InputStream from;
  private final Deque<String> lines = new ArrayDeque<>();
  private final byte[] line = new byte[MAX_LINE_BYTES];
  private int length;
  private boolean cut;

  OutputTail(InputStream from) {
    this.from = from;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        add(buffer, count);
      }
    } catch (IOException e) {
      // The stream was closed, because the program is to be forgotten.
    }
  }

  private synchronized void add(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        endLine();
      } else if (length < MAX_LINE_BYTES) {
        line[length++] = bytes[i];
      } else {
        cut = true;
      }
    }
  }

  private void endLine() {
    String text = text();
    length = 0;
    cut = false;
    if (!text.isBlank()) {
      lines.addLast(text);
      if (lines.size() > MAX_LINES) {
        lines.removeFirst();
      }
    }
  }

  private String text() {
    return new String(line, 0, length, StandardCharsets.UTF_8).stripTrailing() + (cut ? CUT : "");
  }

  /** The last lines so far, with one that has not ended. */
  synchronized List<String> lines() {
    if (length > 0) {
      endLine();
    }
    return List.copyOf(lines);
  }
}
