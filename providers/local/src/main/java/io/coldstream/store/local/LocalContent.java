package io.coldstream.store.local;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.spi.ContentStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** A file being read as an object. */
final class LocalContent extends ContentStream {

  private final FileOps.Input file;
  private final Path root;
  private final long endBytes;
  private long nextByte;

  LocalContent(StoredObject object, FileOps.Input file, Path root, long nextByte, long endBytes) {
    super(object);
    this.file = file;
    this.root = root;
    this.nextByte = nextByte;
    this.endBytes = endBytes;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (nextByte == endBytes) {
      return -1;
    }
    String what = "read " + object().name();
    int count;
    try {
      count = file.read(bytes, offset, (int) Math.min(length, endBytes - nextByte), nextByte);
    } catch (IOException e) {
      throw LocalFailures.of(what, root, e);
    }
    if (count < 0) {
      throw new StoreException(
          Kind.CORRUPT,
          what + ": the file was cut to " + nextByte + " bytes while being read",
          null);
    }
    nextByte += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
