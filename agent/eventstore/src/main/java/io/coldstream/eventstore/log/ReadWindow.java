package io.coldstream.eventstore.log;

import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.util.Arrays;

/**
 * A stretch of a file that is kept, so that many small reads close together become one. Grows
 * towards where the reads go, forwards or backwards.
 */
final class ReadWindow {

  private static final int SIZE_BYTES = 64 * 1024;
  private static final int BACK_BYTES = 48 * 1024;

  private final OpenFile file;
  private final long limit;
  private long from;
  private byte[] bytes = new byte[0];

  /** A window onto a file below some offset. */
  ReadWindow(OpenFile file, long limit) {
    this.file = file;
    this.limit = limit;
  }

  /** Reads bytes that all lie below the limit. */
  byte[] read(long offset, int lengthBytes) throws IOException {
    if (lengthBytes > SIZE_BYTES) {
      return file.readFully(offset, lengthBytes);
    }
    long end = offset + lengthBytes;
    if (offset < from || end > from + bytes.length) {
      // Backwards, some of what was passed stays in view: the length behind a record is read last.
      long newFrom = offset < from ? Math.min(offset, Math.max(0, end - BACK_BYTES)) : offset;
      newFrom = Math.min(newFrom, Math.max(0, limit - SIZE_BYTES));
      bytes = file.readFully(newFrom, (int) Math.min(SIZE_BYTES, limit - newFrom));
      from = newFrom;
    }
    int at = (int) (offset - from);
    return Arrays.copyOfRange(bytes, at, at + lengthBytes);
  }
}
