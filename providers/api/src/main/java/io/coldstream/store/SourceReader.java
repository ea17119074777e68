package io.coldstream.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;

/**
 * Reads the content of a put from its first byte to its last, shows each byte to the source's pass,
 * and finds out whether the content is as long as it said: what every adapter needs before its
 * completing call. Bytes that must be sent again are opened again by the adapter, past the pass.
 *
 * <p>Used by one thread at a time.
 */
public final class SourceReader implements AutoCloseable {

  private final ObjectName name;
  private final InputStream in;
  private final ObjectSource.Pass pass;
  private final long lengthBytes;
  private long reachedBytes;

  private SourceReader(PutRequest request) throws IOException {
    name = request.name();
    lengthBytes = request.source().lengthBytes();
    pass = request.source().begin();
    in = request.source().open(0);
  }

  /**
   * Opens the content and begins a pass over it.
   *
   * @param request what is to be put
   * @return the reader, to be closed
   * @throws StoreException {@link StoreException.Kind#SOURCE_UNREADABLE} when it cannot be opened,
   *     {@link StoreException.Kind#UNAVAILABLE} when the thread is interrupted
   */
  public static SourceReader open(PutRequest request) throws StoreException {
    refuseWhenInterrupted(request.name());
    try {
      return new SourceReader(request);
    } catch (IOException e) {
      throw failure(request.name(), e);
    }
  }

  /**
   * Fills a buffer.
   *
   * @param buffer where to
   * @return how many bytes are in it: all of them, or fewer at the end of the content, 0 behind it
   * @throws StoreException {@link StoreException.Kind#SOURCE_UNREADABLE} when the content broke off,
   *     is shorter than it said or its pass refused a byte; {@link StoreException.Kind#UNAVAILABLE}
   *     when the thread is interrupted
   */
  public int fill(byte[] buffer) throws StoreException {
    int wanted = (int) Math.min(buffer.length, lengthBytes - reachedBytes);
    int filled = 0;
    while (filled < wanted) {
      refuseWhenInterrupted(name);
      try {
        filled += readOnce(buffer, filled, wanted - filled);
      } catch (IOException e) {
        throw failure(name, e);
      }
    }
    return filled;
  }

  private int readOnce(byte[] buffer, int offset, int most) throws IOException {
    int count = in.read(buffer, offset, most);
    if (count < 0) {
      throw new IOException(
          "it ended after " + reachedBytes + " of the " + lengthBytes + " bytes it said");
    }
    if (count > 0) {
      pass.accept(buffer, offset, count);
    }
    reachedBytes += count;
    return count;
  }

  /**
   * Asks for leave to complete the object: that the content ends where it said, and that its pass
   * approves.
   *
   * @throws StoreException {@link StoreException.Kind#SOURCE_UNREADABLE} when it is longer, or
   *     refused; {@link StoreException.Kind#UNAVAILABLE} when the thread is interrupted
   * @throws IllegalStateException before the last byte was read
   */
  public void approve() throws StoreException {
    if (reachedBytes != lengthBytes) {
      throw new IllegalStateException(name + ": approval asked at byte " + reachedBytes);
    }
    refuseWhenInterrupted(name);
    try {
      if (in.read() >= 0) {
        throw new IOException("it goes on behind the " + lengthBytes + " bytes it said");
      }
      pass.approve();
    } catch (IOException e) {
      throw failure(name, e);
    }
    refuseWhenInterrupted(name);
  }

  /** Closes the content. A failure to close what was only read says nothing. */
  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // Every byte that counts has been read and approved, or the put has failed already.
    }
  }

  /**
   * Turns a failure of the source into the port's exception.
   *
   * @param name the object that was being put
   * @param e what the source threw
   * @return {@link StoreException.Kind#UNAVAILABLE} with the flag set when it was an interrupt, else
   *     {@link StoreException.Kind#SOURCE_UNREADABLE}
   */
  public static StoreException failure(ObjectName name, IOException e) {
    if (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException)) {
      Thread.currentThread().interrupt();
    }
    if (Thread.currentThread().isInterrupted()) {
      return new StoreException(
          StoreException.Kind.UNAVAILABLE, "put " + name + ": interrupted", e);
    }
    return new StoreException(
        StoreException.Kind.SOURCE_UNREADABLE,
        "put " + name + ": its source cannot be used: " + e.getMessage(),
        e);
  }

  private static void refuseWhenInterrupted(ObjectName name) throws StoreException {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "put " + name + ": interrupted", null);
    }
  }
}
