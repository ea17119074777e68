package io.coldstream.store.testkit;

import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.OncePass;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** Reads the whole source of a put into memory, and reports its failures as an adapter does. */
final class SourceReader {

  private final PutRequest request;

  SourceReader(PutRequest request) {
    this.request = request;
  }

  /** The content, once the source has approved it. */
  byte[] read() throws StoreException {
    if (request.source().lengthBytes() > Integer.MAX_VALUE - 16) {
      throw failure(Kind.REJECTED, "does not fit into memory", null);
    }
    byte[] bytes = new byte[(int) request.source().lengthBytes()];
    try (OncePass pass = new OncePass(request.source(), Math.max(1, bytes.length));
        InputStream in = pass.open(0)) {
      int filled = 0;
      while (filled < bytes.length) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException();
        }
        filled += in.read(bytes, filled, bytes.length - filled);
      }
    } catch (IOException e) {
      throw translated(e);
    }
    return bytes;
  }

  private StoreException translated(IOException e) {
    if (e instanceof InterruptedIOException) {
      Thread.currentThread().interrupt();
    }
    return Thread.currentThread().isInterrupted()
        ? failure(Kind.UNAVAILABLE, "interrupted", e)
        : failure(
            StoreException.isUnavailable(e) ? Kind.UNAVAILABLE : Kind.SOURCE_UNREADABLE,
            "its source cannot be used: " + e.getMessage(),
            e);
  }

  private StoreException failure(Kind kind, String what, IOException cause) {
    return new StoreException(kind, "put " + request.name() + ": " + what, cause);
  }
}
