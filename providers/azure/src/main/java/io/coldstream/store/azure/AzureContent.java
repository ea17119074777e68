package io.coldstream.store.azure;

import io.coldstream.store.ContentStream;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.cloud.Operation;
import java.io.InputStream;
import java.util.Objects;

/** An open read. Gives exactly the bytes that are due. */
final class AzureContent extends ContentStream {

  private final String shown;
  private final InputStream body;
  private long left;

  AzureContent(StoredObject object, String shown, InputStream body, long lengthBytes)
      throws StoreException {
    super(object);
    this.shown = shown;
    this.body = body;
    this.left = lengthBytes;
    endIfComplete();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws StoreException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0 || left == 0) {
      return length == 0 ? 0 : -1;
    }
    int most = (int) Math.min(length, left);
    int read = AzureFailures.call(Operation.READ, shown, () -> body.read(bytes, offset, most));
    if (read < 0) {
      throw failed(Kind.UNAVAILABLE, "the answer ended " + left + " bytes early");
    }
    left -= read;
    endIfComplete();
    return read;
  }

  /** Closing gives up what is left; after the last byte the connection can serve again. */
  @Override
  public void close() throws StoreException {
    left = 0;
    AzureFailures.close(shown, body);
  }

  private void endIfComplete() throws StoreException {
    if (left == 0 && AzureFailures.call(Operation.READ, shown, body::read) >= 0) {
      throw failed(Kind.CORRUPT, "the store sends more than was asked for");
    }
  }

  private StoreException failed(Kind kind, String what) {
    return AzureFailures.failed(Operation.READ, shown, kind, what);
  }
}
