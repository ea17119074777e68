package io.coldstream.core.backup.capture;

import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** An input stream over a part of an open file. Closing it leaves the file open. */
final class FileStream extends InputStream {

  /** Bounds the buffer that the JDK keeps for each thread that reads a file into an array. */
  private static final int MAX_AT_ONCE = 256 << 10;

  private final OpenFile file;
  private final long endBytes;
  private long positionBytes;

  FileStream(OpenFile file, long fromBytes, long endBytes) {
    this.file = file;
    this.positionBytes = fromBytes;
    this.endBytes = endBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    int wanted = (int) Math.min(Math.min(length, MAX_AT_ONCE), endBytes - positionBytes);
    if (wanted == 0) {
      return -1;
    }
    if (Thread.currentThread().isInterrupted()) {
      // Checked here: an interrupt during the read would close a file that others use too.
      throw new ReadStopped(file.name() + ": stopped while it was read");
    }
    int count = file.read(ByteBuffer.wrap(into, offset, wanted), positionBytes);
    if (count < 0) {
      throw new SourceMoved(file.name() + ": became shorter while it was read: it ends at "
          + positionBytes + ", but the capture has " + endBytes + " bytes");
    }
    positionBytes += count;
    return count;
  }
}
