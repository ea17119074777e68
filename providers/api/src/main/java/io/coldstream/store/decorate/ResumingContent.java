package io.coldstream.store.decorate;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StalledException;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.ContentStream;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/** A read that resumes where it broke off, and never mixes two versions. */
final class ResumingContent extends ContentStream {

  private final ObjectStore store;
  private final Retries.Series series;
  private final long endBytes;
  private Optional<ObjectContent> current;
  private long nextByte;
  private long openedAtByte;
  private boolean closed;

  ResumingContent(ObjectStore store, ByteRange range, ObjectContent first, Retries.Series series) {
    super(first.object());
    this.store = store;
    this.series = series;
    this.endBytes = range.endIn(object().lengthBytes());
    this.current = Optional.of(first);
    this.nextByte = range.fromBytes();
    this.openedAtByte = nextByte;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (closed) {
      throw failure(Kind.REJECTED, "the read is closed");
    }
    if (length == 0) {
      return 0;
    }
    while (nextByte < endBytes) {
      try {
        int count = readOnce(bytes, offset, (int) Math.min(length, endBytes - nextByte));
        if (count > 0) {
          nextByte += count;
          return count;
        }
      } catch (StoreException e) {
        drop();
        if (hasProgressed(e)) {
          series.progressed();
        }
        series.waitAfter(e);
      }
    }
    checkEnd();
    return -1;
  }

  /**
   * Whether the attempt that failed advanced. One byte is enough where a connection broke, which
   * takes no time; a store that stalled must have sent more, or one that drips would be read from
   * without end.
   */
  private boolean hasProgressed(StoreException failure) {
    long floorBytes =
        StalledException.in(failure).map(StalledException::floorBytes).orElse(1L);
    return nextByte - openedAtByte >= floorBytes;
  }

  private int readOnce(byte[] bytes, int offset, int most) throws IOException {
    if (current.isEmpty()) {
      openedAtByte = nextByte;
      current = Optional.of(resumed());
    }
    int count = current.get().stream().read(bytes, offset, most);
    if (count < 0) {
      throw failure(
          Kind.UNAVAILABLE, "the body ended at byte " + nextByte + " instead of " + endBytes);
    }
    return count;
  }

  /** The bytes from the one reached, of the version that was seen first. */
  private ObjectContent resumed() throws StoreException {
    ByteRange rest = ByteRange.of(nextByte, endBytes - nextByte);
    ObjectContent content;
    try {
      content = store.read(object().name(), rest, Optional.of(object().version()));
    } catch (StoreException e) {
      throw e.kind() == Kind.NOT_FOUND ? settled(e) : e;
    }
    if (!content.object().equals(object())) {
      quietly(content);
      throw replaced(null);
    }
    return content;
  }

  /** Whether a version that is not found was replaced or is gone. */
  private StoreException settled(StoreException notFound) throws StoreException {
    Optional<StoredObject> there = store.stat(object().name());
    if (there.isEmpty()) {
      return notFound;
    }
    return there.get().equals(object())
        ? new StoreException(Kind.UNAVAILABLE, notFound.getMessage() + ", but listed", notFound)
        : replaced(notFound);
  }

  /** Lets the store check the end of the body, once. */
  private void checkEnd() throws IOException {
    if (current.isEmpty()) {
      return;
    }
    try {
      if (current.get().stream().read() >= 0) {
        throw failure(Kind.CORRUPT, "the body goes on behind byte " + endBytes);
      }
    } catch (StoreException e) {
      if (e.kind() != Kind.UNAVAILABLE) {
        throw e;
      }
      // Every byte has arrived: a connection that breaks after the last one is ignored.
    } finally {
      drop();
    }
  }

  private StoreException replaced(StoreException cause) {
    return new StoreException(
        Kind.CORRUPT,
        "read " + object().name() + ": replaced while being read, at byte " + nextByte
            + "; something other than Coldstream writes here",
        cause);
  }

  private StoreException failure(Kind kind, String what) {
    return new StoreException(kind, "read " + object().name() + ": " + what, null);
  }

  @Override
  public void close() {
    closed = true;
    drop();
  }

  private void drop() {
    current.ifPresent(ResumingContent::quietly);
    current = Optional.empty();
  }

  private static void quietly(ObjectContent content) {
    try {
      content.close();
    } catch (IOException e) {
      // It was only read: what failed here failed while reading, or does not matter.
    }
  }
}
