package io.coldstream.store.s3;

import io.coldstream.store.ContentStream;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.cloud.Operation;
import java.util.Objects;
import software.amazon.awssdk.core.ResponseInputStream;

/**
 * An open read. Gives exactly the bytes that are due; the last of them only when the transport has
 * seen its end too, which is where a checksum of the whole is compared.
 */
final class S3Content extends ContentStream {

  private final String shown;
  private final ResponseInputStream<?> body;
  private long left;
  private boolean ended;

  S3Content(StoredObject object, String shown, ResponseInputStream<?> body, long lengthBytes)
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
    int read = S3Failures.read(shown, () -> body.read(bytes, offset, most));
    if (read < 0) {
      throw failed(Kind.UNAVAILABLE, "the answer ended " + left + " bytes early");
    }
    left -= read;
    endIfComplete();
    return read;
  }

  /** At the end nothing is left on the connection, and it can serve again; before, it is cut. */
  @Override
  public void close() throws StoreException {
    if (ended) {
      S3Failures.read(shown, () -> {
        body.close();
        return 0;
      });
    } else {
      ended = true;
      left = 0;
      body.abort();
    }
  }

  private void endIfComplete() throws StoreException {
    if (left > 0) {
      return;
    }
    if (S3Failures.read(shown, body::read) >= 0) {
      throw failed(Kind.CORRUPT, "the store sends more than was asked for");
    }
    ended = true;
  }

  private StoreException failed(Kind kind, String what) {
    return S3Failures.failed(Operation.READ, shown, kind, what);
  }
}
