package io.coldstream.eventstore.log;

import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.util.Arrays;

/**
 * A buffered part of a file, so that many small reads close together become one read. Small at
 * first, for who wants a single record; each time it moves it is twice as large. Grows towards
 * where the reads go, forwards or backwards.
 */
final class ReadWindow {

  static final int FIRST_BYTES = 4 * 1024;
  static final int MAX_BYTES = 64 * 1024;

  private final OpenFile file;
  private final long limit;
  private int sizeBytes = FIRST_BYTES / 2;
  private long from;
  private byte[] bytes = new byte[0];

  /** A window onto a file below some offset. */
  ReadWindow(OpenFile file, long limit) {
    this.file = file;
    this.limit = limit;
  }

  /** Reads bytes that all lie below the limit. */
  byte[] read(long offset, int lengthBytes) throws IOException {
    if (lengthBytes > MAX_BYTES) {
      return file.readFully(offset, lengthBytes);
    }
    if (offset < from || offset + lengthBytes > from + bytes.length) {
      move(offset, lengthBytes);
    }
    int at = (int) (offset - from);
    return Arrays.copyOfRange(bytes, at, at + lengthBytes);
  }

  private void move(long offset, int lengthBytes) throws IOException {
    sizeBytes = Math.min(MAX_BYTES, 2 * Math.max(sizeBytes, lengthBytes));
    // Backwards, some of what was passed stays in view: the length behind a record is read last.
    long backBytes = sizeBytes / 4 * 3;
    long newFrom =
        offset < from ? Math.min(offset, Math.max(0, offset + lengthBytes - backBytes)) : offset;
    newFrom = Math.min(newFrom, Math.max(0, limit - sizeBytes));
    bytes = file.readFully(newFrom, (int) Math.min(sizeBytes, limit - newFrom));
    from = newFrom;
  }
}
