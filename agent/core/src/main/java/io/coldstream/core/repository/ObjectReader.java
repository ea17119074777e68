package io.coldstream.core.repository;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoredObject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** Reads stored objects and checks them against the manifest. */
public final class ObjectReader {

  private static final int BUFFER_BYTES = 256 * 1024;

  private final ObjectStore store;

  /** Takes bytes as they arrive. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Receives the next bytes of an object.
     *
     * @param bytes holds them; not to be kept
     * @param offset where they start in the array
     * @param length how many, 1 or more
     * @throws IOException to end the reading
     */
    void accept(byte[] bytes, int offset, int length) throws IOException;
  }

  /**
   * Reads from a store.
   *
   * @param store where the objects are
   */
  public ObjectReader(ObjectStore store) {
    this.store = store;
  }

  /**
   * Reads an object from a byte to its end. When it is read from its start, its digest is checked.
   *
   * @param stored the object, with its length and digest
   * @param fromBytes the first byte, at most its length
   * @param sink takes the bytes; it may have received wrong ones when this fails
   * @throws ObjectFault when the object is not what {@code stored} says
   * @throws StoreException when the store fails
   * @throws IOException what the sink threw
   */
  public void read(StoredBytes stored, long fromBytes, Sink sink) throws IOException {
    read(stored, fromBytes, stored.lengthBytes(), sink);
  }

  /**
   * Reads a range of an object. When that is all of it, its digest is checked.
   *
   * @param stored the object, with its length and digest
   * @param fromBytes the first byte
   * @param toBytes behind the last byte, at most its length
   * @param sink takes the bytes; it may have received wrong ones when this fails
   * @throws ObjectFault when the object is not what {@code stored} says
   * @throws StoreException when the store fails
   * @throws IOException what the sink threw
   */
  public void read(StoredBytes stored, long fromBytes, long toBytes, Sink sink) throws IOException {
    if (fromBytes == toBytes && fromBytes > 0) {
      return;
    }
    MessageDigest digest = Sha256.newDigest();
    try (InputStream in = stream(stored, fromBytes, toBytes)) {
      byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, toBytes - fromBytes + 1)];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (n > 0) {
          digest.update(buffer, 0, n);
          sink.accept(buffer, 0, n);
        }
      }
    }
    if (fromBytes == 0
        && toBytes == stored.lengthBytes()
        && !Sha256.of(digest).equals(stored.sha256())) {
      throw new ObjectFault(
          ObjectFault.Kind.ALTERED,
          stored.object(),
          "is damaged: its SHA-256 differs from the manifest");
    }
  }

  private static ByteRange range(StoredBytes stored, long fromBytes, long toBytes) {
    if (toBytes < stored.lengthBytes()) {
      return ByteRange.of(fromBytes, toBytes - fromBytes);
    }
    return fromBytes == 0 ? ByteRange.WHOLE : ByteRange.from(fromBytes);
  }

  /**
   * Opens an object from a byte to its end.
   *
   * @param stored the object, with its length
   * @param fromBytes the first byte, at most its length
   * @return its bytes; they are not compared with the digest. A failure while they are read is an
   *     {@link ObjectFault} or a {@link StoreException}, as when it is opened
   * @throws ObjectFault when there is no such object, or it has another length
   * @throws StoreException when the store fails
   */
  public InputStream stream(StoredBytes stored, long fromBytes) throws IOException {
    if (fromBytes == stored.lengthBytes() && fromBytes > 0) {
      return InputStream.nullInputStream();
    }
    return stream(stored, fromBytes, stored.lengthBytes());
  }

  private InputStream stream(StoredBytes stored, long fromBytes, long toBytes) throws IOException {
    return new Translated(open(stored, range(stored, fromBytes, toBytes)), stored.object());
  }

  /** The bytes of a read, whose failures say what they mean for the object. */
  private static final class Translated extends FilterInputStream {
    private final ObjectContent content;
    private final ObjectName name;

    Translated(ObjectContent content, ObjectName name) {
      super(content.stream());
      this.content = content;
      this.name = name;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } catch (StoreException e) {
        throw faultOr(e, name);
      }
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }

  /**
   * Opens a range of an object.
   *
   * @param stored the object, with its length
   * @param range which bytes
   * @return the open read
   * @throws ObjectFault when there is no such object, or it has another length
   * @throws StoreException when the store fails
   */
  public ObjectContent open(StoredBytes stored, ByteRange range) throws IOException {
    ObjectContent content;
    try {
      content = store.read(stored.object(), range, Optional.empty());
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.REJECTED) {
        // The range may be refused because the object is shorter than it should be.
        requireLength(stored);
      }
      throw faultOr(e, stored.object());
    }
    if (content.object().lengthBytes() != stored.lengthBytes()) {
      content.close();
      throw wrongLength(stored, content.object());
    }
    return content;
  }

  private void requireLength(StoredBytes stored) throws IOException {
    Optional<StoredObject> found = store.stat(stored.object());
    if (found.isPresent() && found.get().lengthBytes() != stored.lengthBytes()) {
      throw wrongLength(stored, found.get());
    }
  }

  private static ObjectFault wrongLength(StoredBytes stored, StoredObject found) {
    return new ObjectFault(
        ObjectFault.Kind.LENGTH,
        stored.object(),
        "is " + found.lengthBytes() + " bytes long, but the manifest says " + stored.lengthBytes());
  }

  private static IOException faultOr(StoreException e, ObjectName name) {
    return switch (e.kind()) {
      case NOT_FOUND ->
        new ObjectFault(
            ObjectFault.Kind.MISSING, name, "is missing, or was replaced while it was read");
      case CORRUPT ->
        new ObjectFault(
            ObjectFault.Kind.ALTERED, name, "cannot be read as it was stored: " + e.getMessage());
      case ALREADY_EXISTS, ACCESS_DENIED, LOCKED, REJECTED, UNAVAILABLE, SOURCE_UNREADABLE -> e;
    };
  }
}
