package io.coldstream.store.gcs;

import com.google.api.client.http.HttpResponse;
import io.coldstream.store.ContentStream;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.cloud.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * An open read. Gives exactly the bytes that are due; the last of them only when the answer's end was
 * seen too, and the checksum of the whole agrees.
 */
final class GcsContent extends ContentStream {

  private final String shown;
  private final HttpResponse answer;
  private final InputStream body;
  private final Optional<String> crc32c;
  private final CRC32C checksum = new CRC32C();
  private long left;
  private boolean closed;

  /**
   * An open read.
   *
   * @param crc32c of the whole, where the whole is read and the store tells it
   */
  GcsContent(
      StoredObject object,
      String shown,
      HttpResponse answer,
      long lengthBytes,
      Optional<String> crc32c)
      throws StoreException {
    super(object);
    this.shown = shown;
    this.answer = answer;
    this.crc32c = crc32c;
    this.left = lengthBytes;
    InputStream content = GcsFailures.call(Operation.READ, shown, answer::getContent);
    this.body = content == null ? InputStream.nullInputStream() : content;
    endIfComplete();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws StoreException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0 || left == 0) {
      return length == 0 ? 0 : -1;
    }
    int most = (int) Math.min(length, left);
    int read = GcsFailures.call(Operation.READ, shown, () -> body.read(bytes, offset, most));
    if (read < 0) {
      throw failed(Kind.UNAVAILABLE, "the answer ended " + left + " bytes early");
    }
    checksum.update(bytes, offset, read);
    left -= read;
    endIfComplete();
    return read;
  }

  /** At the end nothing is left on the connection, and it can serve again; before, it is cut. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      left = 0;
      give(answer);
    }
  }

  /** Gives an answer's connection up, or back. */
  static void give(HttpResponse answer) {
    try {
      answer.disconnect();
    } catch (IOException e) {
      // What was wanted of it was read and checked, or is not wanted any more.
      return;
    }
  }

  private void endIfComplete() throws StoreException {
    if (left > 0) {
      return;
    }
    if (GcsFailures.call(Operation.READ, shown, body::read) >= 0) {
      throw failed(Kind.CORRUPT, "the store sends more than was asked for");
    }
    String arrived = Checksums.text((int) checksum.getValue());
    if (!arrived.equals(crc32c.orElse(arrived))) {
      throw failed(Kind.CORRUPT, "the checksum differs: other bytes arrived than were stored");
    }
  }

  private StoreException failed(Kind kind, String what) {
    return GcsFailures.failed(Operation.READ, shown, kind, what);
  }
}
