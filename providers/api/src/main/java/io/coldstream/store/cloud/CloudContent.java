package io.coldstream.store.cloud;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.ContentStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * An open read. Returns exactly the expected bytes; the last of them only when the answer was seen to
 * end there, and the checksum of the whole, where the store tells it, agrees.
 */
final class CloudContent extends ContentStream {

  private final String shown;
  private final InputStream body;
  private final Optional<String> crc32c;
  private final DriverCalls calls;
  private final CRC32C checksum = new CRC32C();
  private long leftBytes;
  private boolean closed;

  CloudContent(StoredObject object, String shown, Download answer, long dueBytes, DriverCalls calls)
      throws StoreException {
    super(object);
    this.shown = shown;
    this.body = answer.body();
    this.crc32c = answer.crc32c();
    this.calls = calls;
    this.leftBytes = dueBytes;
    endIfComplete();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws StoreException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0 || leftBytes == 0) {
      return length == 0 ? 0 : -1;
    }
    int most = (int) Math.min(length, leftBytes);
    int read = calls.call(Operation.READ, shown, () -> body.read(bytes, offset, most));
    if (read < 0) {
      throw failed(Kind.UNAVAILABLE, "the answer ended " + leftBytes + " bytes early");
    }
    if (crc32c.isPresent()) {
      checksum.update(bytes, offset, read);
    }
    leftBytes -= read;
    endIfComplete();
    return read;
  }

  /** At the end of the body the connection can be used again; before the end it is cut. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      leftBytes = 0;
      cut(body);
    }
  }

  /** Ends an answer that is not needed any more. */
  static void cut(InputStream body) {
    try {
      body.close();
    } catch (IOException | RuntimeException e) {
      // What was needed of it was read and checked.
      return;
    }
  }

  private void endIfComplete() throws StoreException {
    if (leftBytes > 0) {
      return;
    }
    if (calls.call(Operation.READ, shown, body::read) >= 0) {
      throw failed(Kind.CORRUPT, "the store sends more than was asked for");
    }
    String arrived = Checksums.text((int) checksum.getValue());
    if (!arrived.equals(crc32c.orElse(arrived))) {
      throw failed(Kind.CORRUPT, "the checksum differs: other bytes arrived than were stored");
    }
  }

  private StoreException failed(Kind kind, String what) {
    return DriverCalls.failed(Operation.READ, shown, kind, what);
  }
}
